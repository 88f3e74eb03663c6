#include "core/base/log.h"

namespace ringlift {

Q_LOGGING_CATEGORY(lcCall, "ringlift.call", QtInfoMsg)
Q_LOGGING_CATEGORY(lcSignalling, "ringlift.signalling", QtInfoMsg)
Q_LOGGING_CATEGORY(lcMedia, "ringlift.media", QtInfoMsg)
Q_LOGGING_CATEGORY(lcLine, "ringlift.line", QtInfoMsg)
Q_LOGGING_CATEGORY(lcApp, "ringlift.app", QtInfoMsg)

} // namespace ringlift
