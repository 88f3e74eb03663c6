#pragma once

#include <QStringList>

#include <string>
#include <vector>

/// What SIMs say of themselves, read with care: any of it may be nonsense.
namespace ringlift::modem {

bool isImsi(const QString &text);
/// Of an IMSI or an operator code, both of which begin with the country; empty when unknown.
std::string regionOfOperator(const QString &code);
/// The first that is a number of that country or an international one, in E.164; empty without.
std::string ownNumberOf(const QStringList &numbers, const std::string &homeRegion);
/// Those of the SIM, and the two of every network.
std::vector<std::string> emergencyNumbersOf(const QStringList &ofSim);

} // namespace ringlift::modem
