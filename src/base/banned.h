/* banned.h - unsafe functions become compile errors. Include it last in every .c file. */
#ifndef BATON_BASE_BANNED_H
#define BATON_BASE_BANNED_H

#pragma GCC poison strcpy strcat strncat sprintf vsprintf gets strtok
#pragma GCC poison gmtime localtime ctime asctime mktemp tmpnam atoi atol atof

#endif
