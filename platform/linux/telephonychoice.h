#pragma once

#include "platform/linux/telephony.h"

#include <memory>
#include <vector>

namespace ringlift::modem {

/// Of several telephony services the first that has a modem, for as long as this process lives. A later one is taken
/// only once all before it are known to have none.
class TelephonyChoice : public Telephony
{
    Q_OBJECT

public:
    struct Candidate {
        QString name;
        std::unique_ptr<Telephony> telephony;
    };
    struct Considered {
        QString name;
        Finding finding = Finding::Pending;
        bool chosen = false;
    };

    explicit TelephonyChoice(std::vector<Candidate> candidates, QObject *parent = nullptr);

    /// What was found of each, in the order of preference.
    std::vector<Considered> considered() const;

    void start() override;
    void stop() override;
    /// Of the chosen one; without one, of that which came closest.
    Finding finding() const override;
    QString service() const override;
    std::vector<SimInfo> sims() const override;
    void dial(int sim, const std::string &number, Done done) override;
    void answer(const QString &call, Done done) override;
    void hangUp(const QString &call, Done done) override;
    void sendDigit(const QString &call, char digit, Done done) override;
    void readMessages(bool wanted) override;

Q_SIGNALS:
    /// considered() has other results.
    void reconsidered();

private:
    void onFinding(const Telephony &telephony);
    void choose(Telephony &telephony);

    const std::vector<Candidate> m_candidates;
    Telephony *m_chosen = nullptr;
    bool m_wantsMessages = false;
};

} // namespace ringlift::modem
