#pragma once

/* Before TeaVM's start-up, which registers the strings. */
void strings_unpack(void);
