#include "server/memoryregistry.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::server;
using protocol::AccountKind;

namespace {

Account account(std::uint8_t id, std::uint8_t number, AccountKind kind = AccountKind::Sim)
{
    Account made;
    made.id = AccountId{{id}};
    made.numberTag = {number};
    made.kind = kind;
    return made;
}

} // namespace

class TestMemoryRegistry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsByIdAndByNumber()
    {
        MemoryRegistry registry;
        QVERIFY(registry.replace(account(1, 7), {}));
        QVERIFY(**registry.find(AccountId{{1}}) == account(1, 7));
        QVERIFY(**registry.findByNumber({7}, AccountKind::Sim) == account(1, 7));
        QVERIFY(!*registry.find(AccountId{{2}}));
        QVERIFY(!*registry.findByNumber({7}, AccountKind::Manual));
    }

    // I10
    void neverHoldsTwoAccountsOfOneNumberAndKind()
    {
        MemoryRegistry registry;
        QVERIFY(registry.replace(account(1, 7), {}));
        QVERIFY(registry.replace(account(2, 7), {}));
        QVERIFY(registry.replace(account(3, 7, AccountKind::Manual), {}));
        QVERIFY(!*registry.find(AccountId{{1}}));
        QVERIFY((*registry.findByNumber({7}, AccountKind::Sim))->id == AccountId{{2}});
        QVERIFY((*registry.findByNumber({7}, AccountKind::Manual))->id == AccountId{{3}});
        QCOMPARE(registry.size(), std::size_t(2));
    }

    void updatesWhatIsThereOnly()
    {
        MemoryRegistry registry;
        QVERIFY(registry.replace(account(1, 7), {}));
        Account changed = account(1, 7);
        changed.flagged = true;
        QVERIFY(registry.update(changed));
        QVERIFY((*registry.find(AccountId{{1}}))->flagged);
        QVERIFY(registry.update(account(2, 8)));
        QVERIFY(!*registry.find(AccountId{{2}}));
    }

    void replacesWhatAnOlderKeyTagged()
    {
        MemoryRegistry registry;
        QVERIFY(registry.replace(account(1, 7), {}));
        QVERIFY(registry.replace(account(2, 7, AccountKind::Manual), {}));
        const std::vector<protocol::Key32> older{{7}, {8}};
        QVERIFY(registry.replace(account(3, 9), older));
        QVERIFY(!*registry.find(AccountId{{1}}));
        QVERIFY(!*registry.findByNumber({7}, AccountKind::Sim));
        QVERIFY(*registry.find(AccountId{{2}}));
        QCOMPARE(registry.size(), std::size_t(2));
    }

    void updatesTheTagOfANumberUnlessItIsTaken()
    {
        MemoryRegistry registry;
        QVERIFY(registry.replace(account(1, 7), {}));
        QVERIFY(registry.update(account(1, 8)));
        QVERIFY((*registry.findByNumber({8}, AccountKind::Sim))->id == AccountId{{1}});
        QVERIFY(!*registry.findByNumber({7}, AccountKind::Sim));
        QVERIFY(registry.replace(account(2, 9), {}));
        QVERIFY(registry.update(account(1, 9)).error() == RegistryError::Failed);
        QVERIFY((*registry.findByNumber({9}, AccountKind::Sim))->id == AccountId{{2}});
        QVERIFY(**registry.find(AccountId{{1}}) == account(1, 8));
    }

    void removesWhatOlderKeysTagged()
    {
        MemoryRegistry registry;
        for (std::uint8_t i = 1; i <= 3; ++i) {
            Account made = account(i, i);
            made.tagKeyId = i;
            QVERIFY(registry.replace(made, {}));
        }
        QVERIFY(registry.removeTaggedBefore(3));
        QCOMPARE(registry.size(), std::size_t(1));
        QVERIFY(*registry.findByNumber({3}, AccountKind::Sim));
        QVERIFY(!*registry.findByNumber({2}, AccountKind::Sim));
    }

    void removesOne()
    {
        MemoryRegistry registry;
        QVERIFY(registry.replace(account(1, 7), {}));
        QVERIFY(registry.remove(AccountId{{1}}));
        QVERIFY(registry.remove(AccountId{{1}}));
        QVERIFY(!*registry.findByNumber({7}, AccountKind::Sim));
        QCOMPARE(registry.size(), std::size_t(0));
    }

    void notesTheDayOfMany()
    {
        MemoryRegistry registry;
        QVERIFY(registry.replace(account(1, 7), {}));
        QVERIFY(registry.replace(account(2, 8), {}));
        const std::vector<AccountId> seen{AccountId{{1}}, AccountId{{9}}};
        QVERIFY(registry.touch(seen, 20'000));
        QCOMPARE((*registry.find(AccountId{{1}}))->lastSeenDay, 20'000);
        QCOMPARE((*registry.find(AccountId{{2}}))->lastSeenDay, 0);
    }

    void failsAsToldAndChangesNothing()
    {
        MemoryRegistry registry;
        QVERIFY(registry.replace(account(1, 7), {}));
        registry.setFault(RegistryError::Busy);
        QVERIFY(registry.find(AccountId{{1}}).error() == RegistryError::Busy);
        QVERIFY(registry.findByNumber({7}, AccountKind::Sim).error() == RegistryError::Busy);
        QVERIFY(registry.replace(account(2, 7), {}).error() == RegistryError::Busy);
        QVERIFY(registry.update(account(1, 7)).error() == RegistryError::Busy);
        QVERIFY(registry.remove(AccountId{{1}}).error() == RegistryError::Busy);
        QVERIFY(registry.touch({}, 1).error() == RegistryError::Busy);
        QVERIFY(registry.removeTaggedBefore(9).error() == RegistryError::Busy);
        registry.setFault(std::nullopt);
        QVERIFY(*registry.find(AccountId{{1}}) == account(1, 7));
    }
};

QTEST_APPLESS_MAIN(TestMemoryRegistry)
#include "tst_memoryregistry.moc"
