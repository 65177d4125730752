/* ort.c - slots of the ONNX Runtime's function table, typed once here and hidden from everyone else. The table only
 * grows at its end (the project's promise for its C interface), so slots hold for every later version. Level 18 is asked for. */
#include "speech/engine/ort.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#include "base/banned.h"

enum { API_LEVEL = 18, LOG_ONLY_ERRORS = 3, OPTIMISE_ALL = 99, ARENA_ALLOCATOR = 1, DEFAULT_MEMORY = 0 };

typedef struct status status;
typedef void(any_fn)(void);
typedef struct ort_session session;
typedef struct ort_value value;

struct ort_calls {
    const char *(*error_text)(const status *);
    status *(*env_new)(int level, const char *name, void **env);
    status *(*session_new)(void *env, const char *path, void *options, session **);
    status *(*run)(session *, void *options, const char *const *in_names, value *const *in, size_t n_in,
                   const char *const *out_names, size_t n_out, value **out);
    status *(*options_new)(void **options);
    status *(*set_optimisation)(void *options, int level);
    status *(*set_threads_inside)(void *options, int n);
    status *(*set_threads_between)(void *options, int n);
    status *(*input_count)(const session *, size_t *);
    status *(*output_count)(const session *, size_t *);
    status *(*input_type)(const session *, size_t, void **type);
    status *(*input_name)(const session *, size_t, void *allocator, char **);
    status *(*output_name)(const session *, size_t, void *allocator, char **);
    status *(*tensor_wrap)(void *memory, void *data, size_t bytes, const int64_t *shape, size_t rank, int type, value **);
    status *(*tensor_data)(value *, void **);
    status *(*type_as_tensor)(const void *type, const void **tensor_type);
    status *(*rank)(const void *tensor_type, size_t *);
    status *(*shape)(const void *tensor_type, int64_t *, size_t);
    status *(*value_type)(const value *, void **tensor_type);
    status *(*memory_new)(int allocator, int kind, void **memory);
    status *(*allocator_free)(void *allocator, void *p);
    status *(*allocator_get)(void **allocator);
    void (*env_free)(void *);
    void (*status_free)(status *);
    void (*memory_free)(void *);
    void (*session_free)(session *);
    void (*value_free)(value *);
    void (*type_free)(void *);
    void (*tensor_type_free)(void *);
    void (*options_free)(void *);
};

/* Where each member above sits in the runtime's table, in the same order. */
static const int slots[] = {2,  3,  7,  9,  10, 23, 24, 25, 30, 31, 33, 36, 37, 49, 51, 55,
                            61, 62, 65, 69, 76, 78, 92, 93, 94, 95, 96, 98, 99, 100};
_Static_assert(sizeof slots / sizeof *slots == sizeof(struct ort_calls) / sizeof(any_fn *), "one slot a member");

struct api_base {
    any_fn *const *(*table)(uint32_t level);
    const char *(*version)(void);
};

static int failed(struct ort *o, status *s)
{
    if (s == NULL)
        return 0;
    text_copy(o->why, sizeof o->why, o->calls->error_text(s));
    o->calls->status_free(s);
    return EIO;
}

static int load_calls(struct ort *o, const char *path)
{
    const struct api_base *(*base)(void);
    struct ort_calls *calls = calloc(1, sizeof *calls);
    any_fn *const *table = NULL;
    void *symbol;

    if (calls == NULL)
        return ENOMEM;
    o->calls = calls;
    o->library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    symbol = o->library != NULL ? dlsym(o->library, "OrtGetApiBase") : NULL;
    if (symbol == NULL) {
        text_copy(o->why, sizeof o->why, dlerror());
        return ENOENT;
    }
    memcpy(&base, &symbol, sizeof base);
    table = base()->table(API_LEVEL);
    if (table == NULL) {
        snprintf(o->why, sizeof o->why, "%s is older than interface level %d", path, API_LEVEL);
        return EIO;
    }
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
        memcpy((char *)calls + i * sizeof(any_fn *), &table[slots[i]], sizeof(any_fn *));
    return 0;
}

int ort_open(struct ort *o, const char *models_dir)
{
    char path[ORT_PATH_MAX];
    int err;

    *o = (struct ort){0};
    snprintf(path, sizeof path, "%s/ort/libonnxruntime.so.1", models_dir);
    err = load_calls(o, path);
    if (!err)
        err = failed(o, o->calls->env_new(LOG_ONLY_ERRORS, "baton-speech", &o->env));
    if (!err)
        err = failed(o, o->calls->options_new(&o->options));
    if (!err)
        err = failed(o, o->calls->set_threads_inside(o->options, 1));
    if (!err)
        err = failed(o, o->calls->set_threads_between(o->options, 1));
    if (!err)
        err = failed(o, o->calls->set_optimisation(o->options, OPTIMISE_ALL));
    if (!err)
        err = failed(o, o->calls->memory_new(ARENA_ALLOCATOR, DEFAULT_MEMORY, &o->memory));
    if (!err)
        err = failed(o, o->calls->allocator_get(&o->allocator));
    if (err)
        ort_close(o);
    return err;
}

void ort_close(struct ort *o)
{
    if (o->memory != NULL)
        o->calls->memory_free(o->memory);
    if (o->options != NULL)
        o->calls->options_free(o->options);
    if (o->env != NULL)
        o->calls->env_free(o->env);
    free((void *)(uintptr_t)o->calls);
    /* The library stays mapped: its own threads and thread-local data do not survive dlclose. */
    o->calls = NULL;
    o->memory = o->options = o->env = o->allocator = NULL;
}

int ort_session_open(struct ort_session **sp, struct ort *o, const char *dir, const char *file)
{
    char path[ORT_PATH_MAX];

    snprintf(path, sizeof path, "%s/%s", dir, file);
    return failed(o, o->calls->session_new(o->env, path, o->options, sp));
}

void ort_session_close(struct ort *o, struct ort_session *s)
{
    if (s != NULL)
        o->calls->session_free(s);
}

size_t ort_inputs(struct ort *o, const struct ort_session *s)
{
    size_t n = 0;

    return failed(o, o->calls->input_count(s, &n)) ? 0 : n;
}

size_t ort_outputs(struct ort *o, const struct ort_session *s)
{
    size_t n = 0;

    return failed(o, o->calls->output_count(s, &n)) ? 0 : n;
}

static int take_name(char out[ORT_NAME_MAX], struct ort *o, char *name, int err)
{
    if (err)
        return err;
    err = text_copy(out, ORT_NAME_MAX, name) ? 0 : EMSGSIZE;
    (void)failed(o, o->calls->allocator_free(o->allocator, name));
    return err;
}

int ort_input_name(char out[ORT_NAME_MAX], struct ort *o, const struct ort_session *s, size_t i)
{
    char *name = NULL;
    int err = failed(o, o->calls->input_name(s, i, o->allocator, &name));

    return take_name(out, o, name, err);
}

int ort_output_name(char out[ORT_NAME_MAX], struct ort *o, const struct ort_session *s, size_t i)
{
    char *name = NULL;
    int err = failed(o, o->calls->output_name(s, i, o->allocator, &name));

    return take_name(out, o, name, err);
}

static int read_shape(int64_t out[ORT_RANK_MAX], struct ort *o, const void *tensor_type)
{
    size_t rank = 0;

    if (failed(o, o->calls->rank(tensor_type, &rank)) || rank > ORT_RANK_MAX)
        return -1;
    return failed(o, o->calls->shape(tensor_type, out, rank)) ? -1 : (int)rank;
}

int ort_input_shape(int64_t shape[ORT_RANK_MAX], struct ort *o, const struct ort_session *s, size_t i)
{
    const void *tensor_type = NULL;
    void *type = NULL;
    int rank = -1;

    if (failed(o, o->calls->input_type(s, i, &type)))
        return -1;
    if (!failed(o, o->calls->type_as_tensor(type, &tensor_type)) && tensor_type != NULL)
        rank = read_shape(shape, o, tensor_type);
    o->calls->type_free(type);
    return rank;
}

int ort_wrap(struct ort_value **vp, struct ort *o, void *data, size_t bytes, const int64_t *shape, size_t rank,
             enum ort_type type)
{
    return failed(o, o->calls->tensor_wrap(o->memory, data, bytes, shape, rank, (int)type, vp));
}

void ort_drop(struct ort *o, struct ort_value **v)
{
    if (*v != NULL)
        o->calls->value_free(*v);
    *v = NULL;
}

int ort_run(struct ort *o, struct ort_session *s, const struct ort_io *io)
{
    return failed(o, o->calls->run(s, NULL, io->in_names, io->in, io->n_in, io->out_names, io->n_out, io->out));
}

void *ort_data(struct ort *o, struct ort_value *v)
{
    void *p = NULL;

    return failed(o, o->calls->tensor_data(v, &p)) ? NULL : p;
}

int ort_shape(int64_t shape[ORT_RANK_MAX], struct ort *o, const struct ort_value *v)
{
    void *tensor_type = NULL;
    int rank;

    if (failed(o, o->calls->value_type(v, &tensor_type)))
        return -1;
    rank = read_shape(shape, o, tensor_type);
    o->calls->tensor_type_free(tensor_type);
    return rank;
}
