/* WAV files from anywhere. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "speech/recording.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct recording r;

    if (recording_parse(&r, data, size) == 0) {
        if (r.channels < 1 || r.channels > RECORDING_CHANNELS_MAX || r.n > size)
            abort();
        recording_release(&r);
    }
    return 0;
}
