#ifndef BUILD_INFORMATION_H
#define BUILD_INFORMATION_H

/// The commit that a release was built from, as `git describe` writes it; empty in other builds.
const char *build_commit(void);

/// The address of the repository that released the program; empty in other builds.
const char *build_homepage(void);

#endif
