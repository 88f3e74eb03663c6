#include "app/languages.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace ringlift::app {

const QList<Language> &allLanguages()
{
    static const QList<Language> languages{
        {QStringLiteral("en"), QStringLiteral("English")},
        {QStringLiteral("de"), QStringLiteral("Deutsch")},
        {QStringLiteral("zh_CN"), QStringLiteral("简体中文")},
    };
    return languages;
}

bool isLanguage(const QString &code)
{
    const auto &all = allLanguages();
    return std::any_of(all.begin(), all.end(), [&code](const Language &language) { return language.code == code; });
}

Translation::~Translation()
{
    QCoreApplication::removeTranslator(&m_translator);
}

void Translation::use(const QString &language)
{
    const QLocale system = QLocale::system();
    const QLocale locale = language.isEmpty() ? system : QLocale(language);
    // Dates and times as at home, where home speaks the same language.
    QLocale::setDefault(locale.language() == system.language() ? system : locale);
    QCoreApplication::removeTranslator(&m_translator);
    if (m_translator.load(locale, QStringLiteral("ringlift"), QStringLiteral("_"), QStringLiteral(":/i18n")))
        QCoreApplication::installTranslator(&m_translator);
}

} // namespace ringlift::app
