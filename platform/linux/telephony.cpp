#include "platform/linux/telephony.h"

// For its meta object.
