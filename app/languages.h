#pragma once

#include <QList>
#include <QString>
#include <QTranslator>

namespace ringlift::app {

/// A language of the interface, named in itself.
struct Language
{
    QString code;
    QString name;
};

const QList<Language> &allLanguages();
bool isLanguage(const QString &code);

/// The translation in use. Installed in the application as long as this lives.
class Translation
{
public:
    Translation() = default;
    ~Translation();
    Q_DISABLE_COPY_MOVE(Translation)

    /// Speaks the given language from now on; empty: the system's. English where there is no translation.
    void use(const QString &language);

private:
    QTranslator m_translator;
};

} // namespace ringlift::app
