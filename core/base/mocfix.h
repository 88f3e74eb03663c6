#pragma once

// moc before 6.5.3 cannot parse these headers; pretending that they were read already keeps it going. Only moc sees this.
#ifdef Q_MOC_RUN
#define _GLIBCXX_COMPARE 1
#define _GLIBCXX_CONCEPTS 1
#define _GLIBCXX_RANGES 1
#define _GLIBCXX_NUMBERS 1
#define _GLIBCXX_COROUTINE 1
#endif
