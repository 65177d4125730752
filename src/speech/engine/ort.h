/* ort.h - the part of the ONNX Runtime that the engines need, loaded with dlopen.
 *
 * The runtime's C interface is a table of functions whose slots never move, so no header of it is required: ort.c
 * names the slots. One `struct ort` per process; one thread. Functions return 0 or EIO and leave the reason in `why`. */
#ifndef BATON_SPEECH_ENGINE_ORT_H
#define BATON_SPEECH_ENGINE_ORT_H

#include <stddef.h>
#include <stdint.h>

struct ort_session; /* a loaded network */
struct ort_value;   /* a tensor */

enum ort_type { ORT_FLOAT = 1, ORT_INT64 = 7, ORT_BOOL = 9 }; /* ONNX's numbers */
enum { ORT_RANK_MAX = 4, ORT_NAME_MAX = 96, ORT_PATH_MAX = 1024 };

struct ort {
    void *library;
    const struct ort_calls *calls;
    void *env, *options, *memory, *allocator;
    char why[256]; /* of the last failure */
};

/* Loads MODELS/ort/libonnxruntime.so.1, set to one thread. ENOENT when it is missing. */
int ort_open(struct ort *o, const char *models_dir);
void ort_close(struct ort *o); /* after its sessions */

/* Loads DIR/FILE; the runtime tells .onnx and .ort apart by the suffix. */
int ort_session_open(struct ort_session **sp, struct ort *o, const char *dir, const char *file);
void ort_session_close(struct ort *o, struct ort_session *s);

/* Names of a network's inputs or outputs, in its order. */
size_t ort_inputs(struct ort *o, const struct ort_session *s);
size_t ort_outputs(struct ort *o, const struct ort_session *s);
int ort_input_name(char out[ORT_NAME_MAX], struct ort *o, const struct ort_session *s, size_t i);
int ort_output_name(char out[ORT_NAME_MAX], struct ort *o, const struct ort_session *s, size_t i);

/* Declared shape of input i; unknown sizes are -1. Returns the rank, or -1. */
int ort_input_shape(int64_t shape[ORT_RANK_MAX], struct ort *o, const struct ort_session *s, size_t i);

/* A tensor over the caller's memory, which is not copied and must outlive it. */
int ort_wrap(struct ort_value **vp, struct ort *o, void *data, size_t bytes, const int64_t *shape, size_t rank,
             enum ort_type type);
void ort_drop(struct ort *o, struct ort_value **v); /* NULL is allowed; sets *v to NULL */

struct ort_io {
    const char *const *in_names;
    struct ort_value *const *in;
    size_t n_in;
    const char *const *out_names;
    struct ort_value **out; /* NULL entries are made by the runtime and belong to the caller */
    size_t n_out;
};
int ort_run(struct ort *o, struct ort_session *s, const struct ort_io *io);

void *ort_data(struct ort *o, struct ort_value *v);                                   /* or NULL */
int ort_shape(int64_t shape[ORT_RANK_MAX], struct ort *o, const struct ort_value *v); /* rank or -1 */

#endif
