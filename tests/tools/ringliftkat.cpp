#include "tests/tools/katchecker.h"

#include <QFile>

#include <cstdio>

// ringlift-kat FILE.json: checks the known answers of a file against core/crypto.
int main(int argc, char *argv[])
{
    if (argc != 2) {
        std::fputs("usage: ringlift-kat FILE.json\n", stderr);
        return 2;
    }
    QFile file(QFile::decodeName(argv[1]));
    ringlift::kat::KatTally tally;
    if (file.open(QIODevice::ReadOnly))
        tally = ringlift::kat::checkKnownAnswers(file.readAll());
    else
        tally.fail("file", "cannot be read: " + file.errorString().toStdString());
    for (const std::string &failure : tally.failures())
        std::printf("FAILED %s\n", failure.c_str());
    std::printf("%zu passed, %zu failed\n", tally.passed(), tally.failed());
    return tally.good() ? 0 : 1;
}
