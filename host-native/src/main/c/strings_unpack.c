/*
 * Makes the string objects of the program's literals, which the build has left as text
 * (StringPool.java).
 */
#include "strings_unpack.h"

#include <stdalign.h>
#include <stdint.h>
#include <string.h>

#include "core.h"
#include "string.h"
#include "strings.h"

#undef TEAVM_STRING
#define TEAVM_STRING(length, hash, text) text
static const char16_t characters[] =
#include "literals.h"
    ;

#undef TEAVM_STRING
#define TEAVM_STRING(length, hash, text) length,
static const uint16_t lengths[] = {
#include "literals.h"
};

enum { STRINGS = sizeof lengths / sizeof *lengths };

#define ARRAY_SIZE(length) \
  ((sizeof(TeaVM_Array) + ((length) + 1) * sizeof(char16_t) + 7) / 8 * 8)

#undef TEAVM_STRING
#define TEAVM_STRING(length, hash, text) + ARRAY_SIZE(length)
static alignas(8) char arrays[0
#include "literals.h"
];

#undef TEAVM_STRING
#define TEAVM_STRING(length, hash, text) + (length)
_Static_assert(sizeof characters / sizeof *characters == 1
#include "literals.h"
    , "the literals are as long as they say");

static TeaVM_String strings[STRINGS];

void strings_unpack(void) {
  const char16_t *text = characters;
  char *free = arrays;
  for (int i = 0; i < STRINGS; i++) {
    TeaVM_Array *array = (TeaVM_Array *) free;
    array->size = lengths[i];
    memcpy(TEAVM_ARRAY_DATA(array, char16_t), text, lengths[i] * sizeof(char16_t));
    strings[i].characters = array;
    strings[i].hashCode = teavm_hashCode(&strings[i]);
    teavm_stringPool[i] = &strings[i];
    text += lengths[i];
    free += ARRAY_SIZE(lengths[i]);
  }
}
