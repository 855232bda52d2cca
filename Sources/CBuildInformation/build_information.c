#include "build_information.h"

#ifndef BUILD_COMMIT
#define BUILD_COMMIT ""
#endif

#ifndef BUILD_HOMEPAGE
#define BUILD_HOMEPAGE ""
#endif

const char *build_commit(void) { return BUILD_COMMIT; }
const char *build_homepage(void) { return BUILD_HOMEPAGE; }
