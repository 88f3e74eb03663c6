#pragma once

#include "core/engine/callengine.h"

#include <QAbstractListModel>
#include <QDateTime>
#include <QtQml/qqmlregistration.h>

#include <functional>

namespace ringlift::app {

/// Past calls, the newest first: who, when, and whether the call moved or why not.
class HistoryModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Role {
        Number = Qt::UserRole + 1, // as it is dialled; empty when the caller hid it
        Title,
        Moment,
        Length,
        Outcome,
        Explanation,
        Incoming,
        Missed,
        Moved,
        IdentityChanged,
        Sim // slot that carried it; -1 when that is not known
    };
    Q_ENUM(Role)

    using Clock = std::function<QDateTime()>;

    static constexpr int kMaxCalls = 1000;

    explicit HistoryModel(Clock clock = [] { return QDateTime::currentDateTime(); }, QObject *parent = nullptr);

    int count() const { return static_cast<int>(m_entries.size()); }
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    void retranslate();

    Q_INVOKABLE void clear();

public Q_SLOTS:
    void onHistoryLoaded(const QList<ringlift::engine::HistoryEntry> &entries);
    void onHistoryAdded(const ringlift::engine::HistoryEntry &entry);

Q_SIGNALS:
    void countChanged();
    void clearRequested();

private:
    QVariant field(const call::CallRecord &record, int role) const;

    Clock m_clock;
    QList<engine::HistoryEntry> m_entries; // newest first
};

} // namespace ringlift::app
