/* Telephone events: the first byte chooses between receiving (4-byte timestamps and payloads) and sending (digits). */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "line/dtmf.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void receive(const uint8_t *data, size_t size)
{
    struct dtmf_rx rx = {0};

    while (size >= 5) {
        uint32_t ts;
        size_t n = data[4] < size - 5 ? data[4] : size - 5;
        char key;

        memcpy(&ts, data, 4);
        key = dtmf_rx_packet(&rx, ts, data + 5, n);
        if (key != 0 && strchr("0123456789*#ABCD", key) == NULL)
            abort();
        data += 5 + n;
        size -= 5 + n;
    }
}

/* Whatever is queued goes out as well-formed events that are received in the same number. */
static void send_and_receive(const uint8_t *data, size_t size)
{
    char *digits = malloc(size + 1);
    struct dtmf_tx tx = {0};
    struct dtmf_rx rx = {0};
    unsigned queued, seen = 0;

    memcpy(digits, data, size);
    digits[size] = '\0';
    queued = dtmf_tx_queue(&tx, digits);
    for (uint32_t k = 0; k < (queued + 1) * (DTMF_TONE_FRAMES + DTMF_GAP_FRAMES); k++) {
        struct dtmf_frame f = dtmf_tx_frame(&tx, k * 160);

        seen += f.send && dtmf_rx_packet(&rx, f.ts, f.payload, sizeof f.payload) != 0;
    }
    if (seen != queued || tx.n != 0)
        abort();
    free(digits);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 0 && data[0] % 2 == 0)
        receive(data + 1, size - 1);
    else if (size > 0)
        send_and_receive(data + 1, size - 1);
    return 0;
}
