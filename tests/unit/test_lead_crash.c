/* kill -9 at random points loses nothing that was acknowledged and leaves nothing half done.
 *
 * A child process takes leads, calls them and lets some opt out, on two threads so that their jobs share commits. It acknowledges
 * through a pipe what the store said is durable. The parent kills it after a random number of acknowledgements and a random little while,
 * opens the same database, checks, recovers as a restarted process would, checks again; the next child goes on with that database. */
#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/json.h"
#include "base/obj.h"
#include "lead/lead_priv.h"
#include "store/call_rows.h"

#include "base/banned.h"

enum { ROUNDS = 30, ACKS_PER_ROUND_MAX = 25, ACKS_MAX = ROUNDS * 400, SPIN_US_MAX = 4000 };

struct ack { char kind; char key[ID_MAX]; }; /* 'L': lead id; 'S': a suppressed number */

struct child { struct store *store; struct scheduler_config cfg; int pipe, round; };

static struct scheduler_config config(const char *node)
{
    struct scheduler_config cfg = {.lead = {.default_region = "US", .join_window_ms = 1, .policy = gate_policy_default}, .node = node, .slots = 4,
                                   .lease_ms = 60000};

    cfg.lead.policy.hours_from_min = 0;
    cfg.lead.policy.hours_to_min = 24 * 60;
    return cfg;
}

/* --- the child --- */

static void acknowledge(const struct child *c, char kind, const char *key)
{
    struct ack ack = {.kind = kind};

    (void)snprintf(ack.key, sizeof ack.key, "%s", key);
    if (write(c->pipe, &ack, sizeof ack) != (ssize_t)sizeof ack)
        _exit(3);
}

static void *take_leads(void *arg)
{
    struct child *c = arg;

    for (int i = 0; i < 400; i++) {
        char phone[20];
        struct lead_result r;
        json_t *body;

        (void)snprintf(phone, sizeof phone, "+1212%d%02d%04d", 2 + c->round % 7, c->round + 10, 1000 + i);
        body = json_pack("{s:s,s:{s:s}}", "phone", phone, "consent", "text", "yes");
        if (lead_intake(&r, c->store, &c->cfg.lead, body, "api", clock_now_ms()) != 0 || r.error_count != 0)
            _exit(4);
        acknowledge(c, 'L', r.lead_id);
        lead_result_release(&r);
        json_decref(body);
    }
    return NULL;
}

struct step { struct child *child; const json_t *job; char call_id[ID_MAX]; int64_t at; };

static int step_start(struct tx *tx, void *arg)
{
    struct step *s = arg;
    json_t *call = json_pack("{s:s,s:s,s:s,s:s,s:I}", "id", s->call_id, "lead_id", jx_str(s->job, "lead_id", ""), "attempt_id", jx_str(s->job, "id", ""), "phone",
                             jx_str(json_object_get(s->job, "lead"), "phone", ""), "started_at", (json_int_t)s->at);
    int err = call_row_start(tx, call);

    json_decref(call);
    return err;
}

static int step_answer(struct tx *tx, void *arg)
{
    struct step *s = arg;

    return call_row_state(tx, s->call_id, jx_str(s->job, "lead_id", ""), "talking", s->at);
}

static int step_turn(struct tx *tx, void *arg)
{
    struct step *s = arg;
    json_t *note = json_pack("{s:s,s:s,s:s,s:i,s:i,s:s}", "event", "answer", "id", "need", "status", "stated", "points", 20, "max", 30, "evidence", "yes");
    int err = call_row_note(tx, s->call_id, jx_str(s->job, "lead_id", ""), note, 1, s->at);

    json_decref(note);
    return err;
}

static int step_opt_out(struct tx *tx, void *arg)
{
    struct step *s = arg;

    return lead_suppress(tx, jx_str(json_object_get(s->job, "lead"), "phone", ""), "opt_out", s->call_id, "stop calling", s->at);
}

static int step_end(struct tx *tx, void *arg)
{
    struct step *s = arg;
    json_t *final = json_pack("{s:s,s:s,s:s}", "outcome", "hung_up", "ended_by", "prospect", "sip_outcome", "completed");
    int err = call_row_end(tx, s->call_id, jx_str(s->job, "lead_id", ""), final, NULL, s->at);

    json_decref(final);
    return err ? err : attempt_finish(tx, jx_str(s->job, "id", ""), "hung_up", s->call_id, &s->child->cfg.lead, s->at, NULL);
}

static void run_call(struct child *c, const json_t *job, bool opts_out)
{
    store_job_fn *const steps[] = {step_start, step_answer, step_turn, opts_out ? step_opt_out : step_turn, step_end};
    struct step s = {.child = c, .job = job, .at = clock_now_ms()};

    id_new(s.call_id, s.at);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (store_run(c->store, steps[i], &s) != 0)
            _exit(5);
        if (steps[i] == step_opt_out)
            acknowledge(c, 'S', jx_str(json_object_get(job, "lead"), "phone", ""));
    }
}

static int claim_job(struct tx *tx, void *arg)
{
    return claim_run(tx, arg);
}

static void *make_calls(void *arg)
{
    struct child *c = arg;

    for (int n = 0;;) {
        struct claim claim = {.cfg = &c->cfg, .now_ms = clock_now_ms(), .slots = 2};

        if (store_run(c->store, claim_job, &claim) != 0)
            _exit(6);
        for (int i = 0; i < claim.job_count; i++)
            run_call(c, claim.jobs[i], n++ % 3 == 0);
        claim_release(&claim);
    }
    return NULL;
}

static void child_main(const char *url, int pipe_fd, int round)
{
    char node[16], why[200];
    struct child c = {.pipe = pipe_fd, .round = round};
    pthread_t caller;

    (void)snprintf(node, sizeof node, "node%d", round);
    c.cfg = config(node);
    if (store_open(&c.store, url, why, sizeof why) != 0 || pthread_create(&caller, NULL, make_calls, &c) != 0)
        _exit(2);
    take_leads(&c);
    pause();
    _exit(0);
}

/* --- the parent --- */

static struct ack acks[ACKS_MAX];
static size_t ack_count;

static bool read_ack(int fd)
{
    size_t n = 0;

    while (n < sizeof acks[0]) {
        ssize_t got = read(fd, (char *)&acks[ack_count] + n, sizeof acks[0] - n);

        if (got <= 0)
            return false;
        n += (size_t)got;
    }
    ack_count++;
    return true;
}

static void spin(int64_t us)
{
    int64_t until = clock_mono_us() + us;

    while (clock_mono_us() < until)
        ;
}

static void run_and_kill(const char *url, int round)
{
    int fds[2], status;
    pid_t pid;

    assert_int_equal(pipe(fds), 0);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        close(fds[0]);
        child_main(url, fds[1], round);
    }
    close(fds[1]);
    for (int want = 1 + rand() % ACKS_PER_ROUND_MAX; want > 0; want--)
        assert_true(read_ack(fds[0]));
    spin(rand() % SPIN_US_MAX);
    assert_int_equal(kill(pid, SIGKILL), 0);
    while (ack_count < ACKS_MAX && read_ack(fds[0]))
        ; /* what it said before it died counts */
    close(fds[0]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
}

static void none(struct tx *tx, const char *what, const char *sql)
{
    int64_t n = -1;

    assert_int_equal(tx_query_int(tx, &n, sql, ""), 0);
    if (n != 0)
        fail_msg("%lld %s", (long long)n, what);
}

static void check_acknowledged(struct tx *tx)
{
    for (size_t i = 0; i < ack_count; i++) {
        int64_t n = 0;

        if (acks[i].kind == 'L')
            assert_int_equal(tx_query_int(tx, &n, "SELECT count(*) FROM lead WHERE id = ?", "s", acks[i].key), 0);
        else
            assert_int_equal(tx_query_int(tx, &n, "SELECT count(*) FROM suppression WHERE phone = ?", "s", acks[i].key), 0);
        if (n != 1)
            fail_msg("acknowledged and lost: %c %s", acks[i].kind, acks[i].key);
    }
}

static int check_whole(struct tx *tx, void *arg)
{
    json_t *row = NULL;

    (void)arg;
    assert_int_equal(tx_query_one(tx, &row, "PRAGMA integrity_check", ""), 0);
    assert_string_equal(jx_str(row, "integrity_check", ""), "ok");
    json_decref(row);
    assert_int_equal(tx_query_one(tx, &row, "PRAGMA foreign_key_check", ""), ENOENT);
    check_acknowledged(tx);
    none(tx, "leads without submission", "SELECT count(*) FROM lead l WHERE NOT EXISTS (SELECT 1 FROM submission s WHERE s.lead_id = l.id)");
    none(tx, "leads without consent", "SELECT count(*) FROM lead l WHERE NOT EXISTS (SELECT 1 FROM consent s WHERE s.lead_id = l.id)");
    none(tx, "leads without attempt", "SELECT count(*) FROM lead l WHERE NOT EXISTS (SELECT 1 FROM attempt a WHERE a.lead_id = l.id)");
    none(tx, "leads without event", "SELECT count(*) FROM lead l WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.lead_id = l.id AND e.kind = 'lead.received')");
    none(tx, "calls without event", "SELECT count(*) FROM call c WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.call_id = c.id AND e.kind = 'call.dialing')");
    none(tx, "ended calls without event", "SELECT count(*) FROM call c WHERE state = 'ended' AND NOT EXISTS (SELECT 1 FROM event e WHERE e.call_id = c.id AND e.kind = 'call.ended')");
    none(tx, "ended calls with an open attempt", "SELECT count(*) FROM call c JOIN attempt a ON a.call_id = c.id WHERE c.state = 'ended' AND a.state <> 'done'");
    none(tx, "answers without event", "SELECT abs((SELECT count(*) FROM answer) - (SELECT count(*) FROM event WHERE kind = 'call.answer'))");
    none(tx, "suppressed leads with plans", "SELECT count(*) FROM attempt a JOIN lead l ON l.id = a.lead_id JOIN suppression s ON s.phone = l.phone"
                                            " WHERE a.state IN ('due', 'deferred')");
    return 0;
}

static int recover_job(struct tx *tx, void *arg)
{
    struct scheduler_config cfg = config("restarted");

    return attempts_recover(tx, cfg.node, true, &cfg.lead, clock_now_ms(), arg);
}

static int check_recovered(struct tx *tx, void *arg)
{
    (void)arg;
    none(tx, "attempts still under way", "SELECT count(*) FROM attempt WHERE state IN ('leased', 'dialing', 'talking')");
    none(tx, "calls still open", "SELECT count(*) FROM call WHERE state <> 'ended'");
    none(tx, "recovered attempts without retry, cap or opt-out",
         "SELECT count(*) FROM attempt a JOIN lead l ON l.id = a.lead_id WHERE a.outcome = 'recovered' AND l.state NOT IN ('suppressed', 'unreachable')"
         " AND NOT EXISTS (SELECT 1 FROM attempt b WHERE b.lead_id = a.lead_id AND b.number > a.number)");
    none(tx, "suppressed numbers that would be called", "SELECT count(*) FROM attempt a JOIN lead l ON l.id = a.lead_id JOIN suppression s ON s.phone = l.phone"
                                                        " WHERE a.state IN ('due', 'deferred')");
    return check_whole(tx, arg);
}

static int reopen_and_check(const char *url)
{
    struct store *s;
    char why[200];
    int recovered = 0;

    assert_int_equal(store_open(&s, url, why, sizeof why), 0);
    assert_int_equal(store_read(s, check_whole, NULL), 0);
    assert_int_equal(store_run(s, recover_job, &recovered), 0);
    assert_int_equal(store_read(s, check_recovered, NULL), 0);
    store_close(s);
    obj_unref(s);
    return recovered;
}

static void kill_at_random_points_loses_nothing(void **state)
{
    char dir[] = "/tmp/baton-crash-XXXXXX", url[80], file[80], phone[PHONE_MAX], why[64];
    int recovered = 0;

    (void)state;
    assert_non_null(mkdtemp(dir));
    (void)snprintf(url, sizeof url, "sqlite:%s/db", dir);
    assert_int_equal(phone_normalise(phone, "+12125550100", "US", why, sizeof why), 0); /* loads its tables once, before the forks */
    srand((unsigned)clock_now_ms());
    for (int round = 0; round < ROUNDS; round++) {
        run_and_kill(url, round);
        recovered += reopen_and_check(url);
    }
    print_message("%d kills, %zu acknowledgements kept, %d attempts recovered\n", ROUNDS, ack_count, recovered);
    assert_true(recovered > 0);
    for (size_t i = 0; i < 3; i++) {
        (void)snprintf(file, sizeof file, "%s/db%s", dir, (const char *[]){"", "-wal", "-shm"}[i]);
        (void)unlink(file);
    }
    assert_int_equal(rmdir(dir), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(kill_at_random_points_loses_nothing)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
