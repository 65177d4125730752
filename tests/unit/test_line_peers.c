/* Calls with other people's stacks: SIPp plays the scenarios of tests/e2e/sipp and judges what we send by its exit code;
 * baresip answers a call as a phone does. Without these programs the tests are skipped. */
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit/line_rig.h"
#include "unit/tls_cert.h"

enum { PEER_WAIT_MS = 30000 };

static struct rig *rig;
static pid_t child;
static int child_status;
static uint16_t child_port;

static bool program_exists(const char *path)
{
    if (access(path, X_OK) == 0)
        return true;
    print_message("skipped: %s is not installed\n", path);
    return false;
}

/* A port that was free a moment ago, for a program that cannot tell which it took. */
static uint16_t free_port(void)
{
    struct udp_sock *sock = NULL;
    struct sa sa;

    sa_set_str(&sa, "127.0.0.1", 0);
    assert_int_equal(udp_listen(&sock, &sa, NULL, NULL), 0);
    assert_int_equal(udp_local_get(sock, &sa), 0);
    mem_deref(sock);
    return sa_port(&sa);
}

static void child_start(char *const argv[])
{
    extern char **environ;
    posix_spawn_file_actions_t files;

    posix_spawn_file_actions_init(&files);
    for (int fd = 0; fd < 3; fd++)
        posix_spawn_file_actions_addopen(&files, fd, "/dev/null", O_RDWR, 0);
    posix_spawn_file_actions_addclosefrom_np(&files, 3); /* our sockets are none of its business */
    assert_int_equal(posix_spawn(&child, argv[0], &files, NULL, argv, environ), 0);
    posix_spawn_file_actions_destroy(&files);
}

static bool child_ended(struct rig *r)
{
    (void)r;
    return waitpid(child, &child_status, WNOHANG) == child;
}

/* SIPp with a scenario; transport "u1" or "t1"; target NULL: it waits for our call. */
static void sipp_start(const char *scenario, const char *transport, const char *target)
{
    char file[512], port[16], media[16];
    char *argv[] = {"/usr/bin/sipp", "-sf", file, "-i", "127.0.0.1", "-p", port, "-mi", "127.0.0.1", "-mp", media, "-t",
                    (char *)transport, "-m", "1", "-nostdin", "-rtp_echo", "-timeout", "12s", "-timeout_error",
                    (char *)target, NULL};

    child_port = free_port();
    snprintf(file, sizeof file, "%s/tests/e2e/sipp/%s.xml", BATON_SOURCE_DIR, scenario);
    snprintf(port, sizeof port, "%u", (unsigned)child_port);
    snprintf(media, sizeof media, "%u", (unsigned)free_port() & ~1u);
    child_start(argv);
}

static bool sipp_content(void)
{
    return rig_run_until(rig, child_ended, PEER_WAIT_MS) && WIFEXITED(child_status) && WEXITSTATUS(child_status) == 0;
}

/* TCP is refused until SIPp listens. Its port is free for a bind until then. */
static bool peer_listens(struct rig *r)
{
    struct sockaddr_in sin = {.sin_family = AF_INET, .sin_port = htons(child_port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    bool taken;

    (void)r;
    assert_true(fd >= 0);
    taken = bind(fd, (struct sockaddr *)&sin, sizeof sin) != 0;
    close(fd);
    return taken;
}

static void call_peer(const char *params, int ring_s)
{
    char uri[96];

    snprintf(uri, sizeof uri, "sip:peer@%s:%u%s", rig->ip, (unsigned)child_port, params);
    assert_int_equal(rig_dial_uri(rig, uri, ring_s), 0);
}

static bool out_up(struct rig *r) { return rig_saw(&r->out, LEG_EV_ANSWERED); }
static bool out_hears(struct rig *r) { return rig_saw(&r->out, LEG_EV_MEDIA); }
static bool in_ended(struct rig *r) { return r->in.ended > 0; }

#define NEEDS(path)                                                                                                            \
    if (!program_exists(path))                                                                                                 \
        skip();

static void begin(const struct line_trunk *trunk) { rig = rig_open(trunk); }
static void finish(void) { rig_close(rig); }

/* The call is up, audio of the peer arrives, we hang up, and SIPp found nothing wrong. */
static void talk_and_hang_up(void)
{
    assert_true(rig_run_until(rig, out_up, PEER_WAIT_MS));
    assert_true(rig_run_until(rig, out_hears, PEER_WAIT_MS));
    leg_hangup(rig->out.leg, 0);
    assert_true(rig_run_until(rig, rig_out_ended, PEER_WAIT_MS));
    assert_int_equal(rig->out.outcome, LEG_COMPLETED);
    assert_true(sipp_content());
}

static void sipp_answers_over_udp(void **state)
{
    (void)state;
    NEEDS("/usr/bin/sipp")
    begin(NULL);
    sipp_start("answer", "u1", NULL);
    call_peer("", 10);
    talk_and_hang_up();
    assert_true(rig_saw(&rig->out, LEG_EV_RINGING));
    finish();
}

static void sipp_answers_over_tcp(void **state)
{
    (void)state;
    NEEDS("/usr/bin/sipp")
    begin(NULL);
    sipp_start("answer", "t1", NULL);
    assert_true(rig_run_until(rig, peer_listens, PEER_WAIT_MS));
    call_peer(";transport=tcp", 10);
    talk_and_hang_up();
    finish();
}

static void sipp_is_busy(void **state)
{
    (void)state;
    NEEDS("/usr/bin/sipp")
    begin(NULL);
    sipp_start("busy", "u1", NULL);
    call_peer("", 10);
    assert_true(rig_run_until(rig, rig_out_ended, PEER_WAIT_MS));
    assert_int_equal(rig->out.outcome, LEG_BUSY);
    assert_true(sipp_content());
    finish();
}

static void sipp_rings_in_vain(void **state)
{
    (void)state;
    NEEDS("/usr/bin/sipp")
    begin(NULL);
    sipp_start("ring", "u1", NULL);
    call_peer("", 2);
    assert_true(rig_run_until(rig, rig_out_ended, PEER_WAIT_MS));
    assert_int_equal(rig->out.outcome, LEG_NO_ANSWER);
    assert_true(sipp_content());
    finish();
}

static void sipp_plays_early_media(void **state)
{
    (void)state;
    NEEDS("/usr/bin/sipp")
    begin(NULL);
    sipp_start("early", "u1", NULL);
    call_peer("", 10);
    talk_and_hang_up();
    assert_int_equal(rig->out.kinds[0], LEG_EV_EARLY);
    finish();
}

static void sipp_holds_and_resumes(void **state)
{
    (void)state;
    NEEDS("/usr/bin/sipp")
    begin(NULL);
    sipp_start("hold", "u1", NULL);
    call_peer("", 10);
    assert_true(rig_run_until(rig, rig_out_ended, PEER_WAIT_MS));
    assert_int_equal(rig_count(&rig->out, LEG_EV_HOLD), 2);
    assert_false(rig->out.on);
    assert_int_equal(rig->out.outcome, LEG_COMPLETED);
    assert_false(rig->out.by_us);
    assert_true(sipp_content());
    finish();
}

static void sipp_hangs_up_as_we_do(void **state)
{
    (void)state;
    NEEDS("/usr/bin/sipp")
    begin(NULL);
    sipp_start("hangup", "u1", NULL);
    call_peer("", 10);
    assert_true(rig_run_until(rig, rig_out_ended, PEER_WAIT_MS));
    assert_int_equal(rig->out.outcome, LEG_COMPLETED);
    assert_true(sipp_content());
    finish();
}

/* No provisional response for more than a second: our INVITE goes out three times, and SIPp takes it for one call. */
static void sipp_is_slow(void **state)
{
    (void)state;
    NEEDS("/usr/bin/sipp")
    begin(NULL);
    sipp_start("slow", "u1", NULL);
    call_peer("", 10);
    talk_and_hang_up();
    assert_int_equal(rig_count(&rig->out, LEG_EV_ANSWERED), 1);
    finish();
}

static void sipp_is_a_carrier_that_asks_for_credentials(void **state)
{
    static char uri[64];
    struct line_trunk trunk = {.uri = uri, .username = "acme", .password = "secret", .from_number = "+14155550111"};
    const struct leg_dial d = {.to = "+14155550199", .fn = rig_on_event};
    struct leg_dial dial = d;

    (void)state;
    NEEDS("/usr/bin/sipp")
    child_port = 0;
    sipp_start("challenge", "u1", NULL);
    snprintf(uri, sizeof uri, "sip:127.0.0.1:%u", (unsigned)child_port);
    begin(&trunk);
    dial.arg = &rig->out;
    assert_int_equal(leg_dial(&rig->out.leg, rig->a, &dial), 0);
    talk_and_hang_up();
    finish();
}

static void sipp_calls_us(const char *scenario, const char *transport)
{
    char target[64];

    begin(NULL);
    rig->accept_at_once = 1;
    snprintf(target, sizeof target, "127.0.0.1:%u", (unsigned)line_port(rig->a));
    sipp_start(scenario, transport, target);
    assert_true(sipp_content());
}

static void sipp_calls_us_over_udp_and_tcp(void **state)
{
    static const char *const transports[] = {"u1", "t1"};

    (void)state;
    NEEDS("/usr/bin/sipp")
    for (int i = 0; i < 2; i++) {
        sipp_calls_us("caller", transports[i]);
        assert_true(rig_run_until(rig, in_ended, PEER_WAIT_MS));
        assert_int_equal(rig->in.outcome, LEG_COMPLETED);
        assert_string_equal(rig->from, "+14155550177");
        assert_string_equal(rig->to, "+14155550100");
        finish();
    }
}

static void sipp_asks_whether_we_are_there(void **state)
{
    (void)state;
    NEEDS("/usr/bin/sipp")
    sipp_calls_us("options", "u1");
    finish();
}

static const char baresip_config[] = "module_path /usr/lib/baresip/modules\nmodule g711.so\nmodule aubridge.so\nmodule aufile.so\n"
                                     "module_app account.so\nmodule_app menu.so\nmodule srtp.so\naudio_source aufile,%s/tone.wav\n"
                                     "audio_player aubridge,x\naudio_alert aubridge,y\nsip_listen %s:%u\n"
                                     "rtp_ports 40000-40100\n";

static void file_write(const char *dir, const char *name, const char *text)
{
    char path[256];
    FILE *f;

    snprintf(path, sizeof path, "%s/%s", dir, name);
    f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

/* Ten seconds of a square wave: what the phone's microphone hears. */
static void tone_write(const char *dir)
{
    enum { RATE = 8000, SAMPLES = 10 * RATE, PERIOD = 20 };
    const uint32_t head[] = {0x46464952, 36 + 2 * SAMPLES, 0x45564157, 0x20746d66, 16,         0x00010001,
                             RATE,       2 * RATE,         0x00100002, 0x61746164, 2 * SAMPLES};
    char path[256];
    FILE *f;

    snprintf(path, sizeof path, "%s/tone.wav", dir);
    f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(head, sizeof head, 1, f), 1);
    for (int i = 0; i < SAMPLES; i++) {
        const int16_t s = i % PERIOD < PERIOD / 2 ? 8000 : -8000;

        assert_int_equal(fwrite(&s, sizeof s, 1, f), 1);
    }
    fclose(f);
}

static void baresip_start(char *dir, const char *account)
{
    char text[1024], *argv[] = {"/usr/bin/timeout", "40", "/usr/bin/baresip", "-f", dir, NULL};

    child_port = free_port();
    assert_non_null(mkdtemp(dir));
    snprintf(text, sizeof text, baresip_config, dir, rig->ip, (unsigned)child_port);
    tone_write(dir);
    file_write(dir, "config", text);
    file_write(dir, "accounts", account);
    child_start(argv);
}

static void dir_remove(const char *dir)
{
    static const char *const names[] = {"config", "accounts", "contacts", "uuid", "current_contact", "tone.wav"};
    char path[256];

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", dir, names[i]);
        (void)unlink(path);
    }
    (void)rmdir(dir);
}

/* baresip never uses the loopback address for audio: both sides take this machine's own. */
static bool own_ip(char *ip, size_t size)
{
    struct sa own;

    return net_default_source_addr_get(AF_INET, &own) == 0 && re_snprintf(ip, size, "%j", &own) > 0;
}

static void baresip_is_heard_and_left(const char *dir)
{
    assert_true(rig_run_until(rig, out_up, PEER_WAIT_MS));
    assert_true(rig_run_until(rig, out_hears, PEER_WAIT_MS));
    leg_hangup(rig->out.leg, 0);
    assert_true(rig_run_until(rig, rig_out_ended, PEER_WAIT_MS));
    finish(); /* waits for the 200 of the BYE */
    kill(child, SIGTERM);
    waitpid(child, &child_status, 0);
    dir_remove(dir);
}

static void baresip_answers_and_is_heard(void **state)
{
    char dir[] = "/tmp/baton-baresip-XXXXXX", ip[64], account[96];

    (void)state;
    NEEDS("/usr/bin/baresip")
    if (!own_ip(ip, sizeof ip))
        skip();
    rig = rig_open_at(ip, NULL);
    snprintf(account, sizeof account, "<sip:peer@%s>;regint=0;answermode=auto\n", ip);
    baresip_start(dir, account);
    call_peer("", 10);
    baresip_is_heard_and_left(dir);
}

static bool peer_known(const char *user, uint8_t ha1[LINE_PHONE_HA1], void *arg)
{
    (void)arg;
    line_phone_ha1(ha1, user, "secret");
    return strcmp(user, "peer") == 0;
}

static bool peer_registered(struct rig *r) { return line_phone_registered(r->a, "peer"); }

static void baresip_registers_and_is_called(void **state)
{
    char dir[] = "/tmp/baton-baresip-XXXXXX", ip[64], account[160];

    (void)state;
    NEEDS("/usr/bin/baresip")
    if (!own_ip(ip, sizeof ip))
        skip();
    rig = rig_open_at(ip, NULL);
    assert_int_equal(line_phones(rig->a, peer_known, NULL, NULL), 0);
    snprintf(account, sizeof account, "<sip:peer@%s:%u>;auth_pass=secret;regint=60;answermode=auto\n", ip, (unsigned)line_port(rig->a));
    baresip_start(dir, account);
    assert_true(rig_run_until(rig, peer_registered, PEER_WAIT_MS));
    assert_int_equal(rig_dial_uri(rig, "phone:peer", 10), 0);
    baresip_is_heard_and_left(dir);
}

static void baresip_registers_over_tls_and_talks_protected(void **state)
{
    char dir[] = "/tmp/baton-baresip-XXXXXX", ip[64], account[220], cert[80], san[80];
    struct line_config cfg = {.user_agent = "baton-test", .tls = {.on = true, .cert_file = cert, .ca_file = cert}};

    (void)state;
    NEEDS("/usr/bin/baresip")
    if (!own_ip(ip, sizeof ip))
        skip();
    snprintf(cert, sizeof cert, "/tmp/baton-peers-%ld.pem", (long)getpid());
    snprintf(san, sizeof san, "IP:%s", ip);
    cert_write(cert, san);
    rig = rig_open_at(ip, NULL);
    line_close(rig->a, NULL, NULL);
    rig->a = obj_unref(rig->a);
    cfg.bind_ip = ip;
    assert_int_equal(line_alloc(&rig->a, &cfg, rig->loop, rig->media, rig_on_incoming, rig_on_register, rig), 0);
    assert_int_equal(line_phones(rig->a, peer_known, NULL, NULL), 0);
    snprintf(account, sizeof account, "<sip:peer@%s:%u;transport=tls>;auth_pass=secret;regint=60;answermode=auto;mediaenc=srtp-mand\n", ip, (unsigned)line_tls_port(rig->a));
    baresip_start(dir, account);
    assert_true(rig_run_until(rig, peer_registered, PEER_WAIT_MS));
    assert_int_equal(rig_dial_uri(rig, "phone:peer", 10), 0);
    baresip_is_heard_and_left(dir);
    unlink(cert);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sipp_answers_over_udp),
        cmocka_unit_test(sipp_answers_over_tcp),
        cmocka_unit_test(sipp_is_busy),
        cmocka_unit_test(sipp_rings_in_vain),
        cmocka_unit_test(sipp_plays_early_media),
        cmocka_unit_test(sipp_holds_and_resumes),
        cmocka_unit_test(sipp_hangs_up_as_we_do),
        cmocka_unit_test(sipp_is_slow),
        cmocka_unit_test(sipp_is_a_carrier_that_asks_for_credentials),
        cmocka_unit_test(sipp_calls_us_over_udp_and_tcp),
        cmocka_unit_test(sipp_asks_whether_we_are_there),
        cmocka_unit_test(baresip_answers_and_is_heard),
        cmocka_unit_test(baresip_registers_and_is_called),
        cmocka_unit_test(baresip_registers_over_tls_and_talks_protected),
    };
    int failed;

    if (loop_lib_init(1024) != 0)
        return 1;
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    loop_lib_close();
    return failed;
}
