// An allocator for libcrypto that fails when it is told to, and children to try each failure in.
#pragma once

#include <stdbool.h>

// Makes libcrypto allocate here; false when it has allocated already.
bool failing_allocator_install(void);

// Lets the `nth` allocation from now on fail, counted from 1, and with `lasting` all that follow; 0 lets none fail.
void failing_allocator_fail(long nth, bool lasting);

// Whether an allocation was made to fail since then.
bool failing_allocator_has_failed(void);

// Brings libcrypto's providers up; false when that fails.
bool failing_allocator_start_libcrypto(void);

// Whether libcrypto hands out every algorithm and reads keys. Of the algorithms that it could not load for want of memory it
// keeps, for as long as the process lives, that there are none. And since 3.2 it keeps, for each kind of key, the decoders and
// key managers that it found when the first one was read: where the list could not grow then (3.5.9: the 8th and the 9th
// allocation of that first reading), no key of that kind is ever read again, by d2i_PUBKEY alone neither.
bool failing_allocator_libcrypto_is_whole(void);

// Runs `body` in a child process and answers what it returned (0…127), or minus the signal that ended it.
int failing_allocator_in_child(int (*body)(void *), void *argument);
