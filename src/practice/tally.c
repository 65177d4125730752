#include "practice/tally.h"

#include <math.h>

#include "base/banned.h"

static const double z95 = 1.959963984540054;

void tally_wilson(double *low, double *high, int passed, int runs)
{
    double n = runs, p = runs > 0 ? passed / n : 0, z2 = z95 * z95, middle, half;

    *low = 0;
    *high = 1;
    if (runs <= 0)
        return;
    middle = (p + z2 / (2 * n)) / (1 + z2 / n);
    half = z95 / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n));
    *low = fmax(0, middle - half);
    *high = fmin(1, middle + half);
}
