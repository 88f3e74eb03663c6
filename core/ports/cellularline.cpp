#include "core/ports/cellularline.h"

// Makes one translation unit for the library; AUTOMOC adds the meta objects of the other ports.
