#include "app/historymodel.h"

#include "app/display.h"
#include "app/sentences.h"

#include <algorithm>

namespace ringlift::app {

namespace {

class HistoryText
{
    Q_DECLARE_TR_FUNCTIONS(HistoryText)
};

bool isMissed(const call::CallRecord &record)
{
    using enum call::CallEnd;
    return record.direction == CallDirection::Incoming && !record.answered && record.end != Declined
        && record.end != LocalHangUp;
}

QString outcomeOf(const call::CallRecord &record)
{
    return record.moved ? HistoryText::tr("Moved to the Internet") : HistoryText::tr("Stayed on the phone network");
}

/// "4:10" when they talked, else what came of the call.
QString lengthOf(const call::CallRecord &record)
{
    if (record.answered)
        return displayDuration(record.talked);
    return isMissed(record) ? HistoryText::tr("Missed") : Sentences::of(record.end, record.direction);
}

} // namespace

HistoryModel::HistoryModel(Clock clock, QObject *parent) : QAbstractListModel(parent), m_clock(std::move(clock)) { }

int HistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant HistoryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    return field(m_entries.at(index.row()).record, role);
}

QVariant HistoryModel::field(const call::CallRecord &record, int role) const
{
    const QString number = QString::fromStdString(record.peer.reveal());
    switch (role) {
    case Number: return number;
    case Title: return displayNumber(number);
    case Moment: return displayMoment(QDateTime::fromSecsSinceEpoch(record.startedUnix), m_clock());
    case Length: return lengthOf(record);
    case Outcome: return outcomeOf(record);
    case Explanation: return record.moved ? QString() : Sentences::of(record.stay);
    case Incoming: return record.direction == CallDirection::Incoming;
    case Missed: return isMissed(record);
    case Moved: return record.moved;
    case IdentityChanged: return record.stay == call::StayReason::PeerIdentityChanged;
    case Sim:
        return record.sim.value_or(-1);
    default: return {};
    }
}

QHash<int, QByteArray> HistoryModel::roleNames() const
{
    return {{Number, "number"},
            {Title, "title"},
            {Moment, "moment"},
            {Length, "length"},
            {Outcome, "outcome"},
            {Explanation, "explanation"},
            {Incoming, "incoming"},
            {Missed, "missed"},
            {Moved, "moved"},
            {IdentityChanged, "identityChanged"},
            {Sim, "sim"}};
}

void HistoryModel::retranslate()
{
    if (!m_entries.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1));
}

void HistoryModel::clear()
{
    Q_EMIT clearRequested();
}

void HistoryModel::onHistoryLoaded(const QList<engine::HistoryEntry> &entries)
{
    beginResetModel();
    m_entries = entries.mid(std::max<qsizetype>(entries.size() - kMaxCalls, 0));
    std::reverse(m_entries.begin(), m_entries.end());
    endResetModel();
    Q_EMIT countChanged();
}

void HistoryModel::onHistoryAdded(const engine::HistoryEntry &entry)
{
    if (count() == kMaxCalls) {
        beginRemoveRows({}, kMaxCalls - 1, kMaxCalls - 1);
        m_entries.removeLast();
        endRemoveRows();
    }
    beginInsertRows({}, 0, 0);
    m_entries.prepend(entry);
    endInsertRows();
    Q_EMIT countChanged();
}

} // namespace ringlift::app
