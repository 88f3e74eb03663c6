#pragma once

#include "core/base/result.h"

#include <QString>

namespace ringlift::app {

/// What the dial pad is to show for a tel: (RFC 3966) or callto: link, as browsers and address books have them:
/// separators go, an extension follows a pause, codes with * and # and what is dialled after the number stay. Never
/// shortened: a link with more than digits in it is refused as a whole. The error is a sentence, and holds nothing of
/// the link.
Result<QString> numberOfLink(const QString &link);

} // namespace ringlift::app
