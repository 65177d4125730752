/* Leads in bulk over a real socket: a table in and out, many changed at once, views, and a call shown to somebody outside. */
#include "unit/http_rig.h"

#include "base/banned.h"

static void add_lead(struct room *r, const char *phone, const char *name)
{
    char body[200];

    snprintf(body, sizeof body, "{\"phone\":\"%s\",\"first_name\":\"%s\"}", phone, name);
    assert_int_equal(ask(r, "POST", "/api/v1/leads", r->sdr, JSON, body), 202);
}

/* --- a table in --- */

#define TABLE "\"csv\":\"Mobile;First Name;Betrieb;Bad\\n+14155550131;Ann;\\\"Ann; Co\\\";x\\n12;Bo;Bo AG;y\\n+14155550132;Cy;Cy\\n+14155550133;Di;Di;1;2;3\\n\""

static void a_table_is_looked_at_before_it_is_taken(void **state)
{
    struct room *r = *state;

    assert_int_equal(ask(r, "POST", "/api/v1/leads/import", r->sdr, JSON, "{" TABLE ",\"dry_run\":true,\"mapping\":{\"bad\":null}}"), 200);
    assert_true(says(r, "\"taken\":2,\"joined\":0,\"refused\":2"));
    assert_true(says(r, "\"columns\":[\"phone\",\"first_name\",\"betrieb\",\"bad\"]"));
    assert_true(says(r, "\"sample\":[{\"phone\":\"+14155550131\",\"first_name\":\"Ann\",\"betrieb\":\"Ann; Co\",\"bad\":\"x\"}"));
    assert_true(says(r, "\"row\":3,\"field\":\"phone\""));
    assert_true(says(r, "\"row\":5,\"field\":\"\""));
    assert_int_equal(ask(r, "GET", "/api/v1/leads/count", r->sdr, "", ""), 200);
    assert_true(says(r, "{\"count\":0}"));
}

static void columns_are_mapped_and_rows_are_numbered_on(void **state)
{
    struct room *r = *state;

    assert_int_equal(ask(r, "POST", "/api/v1/leads/import", r->sdr, JSON, "{" TABLE ",\"rows_before\":100,\"source\":\"fair\",\"mapping\":{\"betrieb\":\"company\",\"bad\":null}}"), 200);
    assert_true(says(r, "\"taken\":2,\"joined\":0,\"refused\":2"));
    assert_true(says(r, "\"row\":103"));
    assert_int_equal(ask(r, "GET", "/api/v1/leads?q=Ann&source=fair", r->sdr, "", ""), 200);
    assert_true(says(r, "\"company\":\"Ann; Co\""));
    assert_int_equal(ask(r, "POST", "/api/v1/leads/import", r->sdr, JSON, "{" TABLE "}"), 200);
    assert_true(says(r, "\"taken\":0,\"joined\":2"));
}

static void a_wrong_table_is_told_and_not_everybody_brings_one(void **state)
{
    struct room *r = *state;

    assert_int_equal(ask(r, "POST", "/api/v1/leads/import", r->sdr, JSON, "{\"csv\":\"phone\\n\\\"open\"}"), 422);
    assert_true(says(r, "\"field\":\"csv\""));
    assert_int_equal(ask(r, "POST", "/api/v1/leads/import", r->sdr, JSON, "{" TABLE ",\"mapping\":{\"a\":5},\"dry_run\":1,\"rows_before\":-1}"), 422);
    assert_true(says(r, "\"field\":\"mapping\""));
    assert_true(says(r, "\"field\":\"dry_run\""));
    assert_true(says(r, "\"field\":\"rows_before\""));
    assert_int_equal(ask(r, "POST", "/api/v1/leads/import", r->closer, JSON, "{" TABLE "}"), 403);
}

/* --- a table out --- */

static void what_fits_the_filters_goes_out(void **state)
{
    struct room *r = *state;

    add_lead(r, "+14155550141", "=cmd()");
    add_lead(r, "+14155550142", "Quote \\\"Q\\\", Q");
    assert_int_equal(ask(r, "GET", "/api/v1/leads/export", r->admin, "", ""), 200);
    assert_true(says(r, "text/csv"));
    assert_true(says(r, "\"+14155550141\",\"'=cmd()\""));
    assert_true(says(r, "\"Quote \"\"Q\"\", Q\""));
    assert_int_equal(ask(r, "GET", "/api/v1/leads/export?q=Quote", r->admin, "", ""), 200);
    assert_false(says(r, "cmd"));
    assert_int_equal(ask(r, "GET", "/api/v1/leads/export", r->sdr, "", ""), 403);
    assert_int_equal(ask(r, "GET", "/api/v1/leads/count?q=Quote", r->sdr, "", ""), 200);
    assert_true(says(r, "{\"count\":1}"));
}

/* --- many at once --- */

static void id_of(struct room *r, const char *phone, char id[37])
{
    char path[80];
    const char *at;

    snprintf(path, sizeof path, "/api/v1/leads?phone=%%2B%s", phone + 1);
    assert_int_equal(ask(r, "GET", path, r->sdr, "", ""), 200);
    at = strstr(r->answer, "\"id\":\"");
    assert_non_null(at);
    snprintf(id, 37, "%.36s", at + 6);
}

static int put_ann(struct tx *tx, void *arg)
{
    (void)arg;
    return closer_put(tx, &(struct closer_row){.id = "ann", .name = "Ann", .sip_uri = "sip:ann@127.0.0.1", .team = "closers"}, 1);
}

static void many_leads_get_an_owner_or_an_end(void **state)
{
    struct room *r = *state;
    char one[37], two[37], body[300];

    add_lead(r, "+14155550151", "One");
    add_lead(r, "+14155550152", "Two");
    id_of(r, "+14155550151", one);
    id_of(r, "+14155550152", two);
    assert_int_equal(store_run(r->store, put_ann, NULL), 0);
    snprintf(body, sizeof body, "{\"ids\":[\"%s\",\"%s\",\"gone\"],\"action\":\"owner\",\"closer_id\":\"ann\"}", one, two);
    assert_int_equal(ask(r, "POST", "/api/v1/leads/bulk", r->sdr, JSON, body), 200);
    assert_true(says(r, "{\"changed\":2,\"missing\":1}"));
    assert_int_equal(ask(r, "GET", "/api/v1/leads/count?owner=ann", r->sdr, "", ""), 200);
    assert_true(says(r, "{\"count\":2}"));
    snprintf(body, sizeof body, "{\"ids\":[\"%s\"],\"action\":\"suppress\"}", one);
    assert_int_equal(ask(r, "POST", "/api/v1/leads/bulk", r->admin, JSON, body), 200);
    snprintf(body, sizeof body, "/api/v1/leads/%s", one);
    assert_int_equal(ask(r, "GET", body, r->sdr, "", ""), 200);
    assert_true(says(r, "\"suppressed\":{\"reason\":\"by_hand\""));
    snprintf(body, sizeof body, "{\"ids\":[\"%s\"],\"action\":\"close\"}", two);
    assert_int_equal(ask(r, "POST", "/api/v1/leads/bulk", r->admin, JSON, body), 200);
    assert_int_equal(ask(r, "GET", "/api/v1/leads/count?state=closed", r->sdr, "", ""), 200);
    assert_true(says(r, "{\"count\":1}"));
    assert_int_equal(ask(r, "POST", "/api/v1/leads/bulk", r->closer, JSON, body), 403);
    assert_int_equal(ask(r, "POST", "/api/v1/leads/bulk", r->admin, JSON, "{\"ids\":[],\"action\":\"dance\"}"), 422);
    assert_int_equal(ask(r, "POST", "/api/v1/leads/bulk", r->admin, JSON, "{\"ids\":[\"x\"],\"action\":\"owner\",\"closer_id\":\"nobody\"}"), 404);
}

/* --- views --- */

static void a_view_is_its_owners(void **state)
{
    struct room *r = *state;
    char path[80];

    assert_int_equal(ask(r, "POST", "/api/v1/views", r->sdr, JSON, "{\"name\":\"Hot ones\",\"query\":{\"bucket\":\"hot\"}}"), 201);
    snprintf(path, sizeof path, "/api/v1/views/%.36s", strstr(r->answer, "{\"id\":\"") + 7);
    assert_int_equal(ask(r, "GET", "/api/v1/views", r->sdr, "", ""), 200);
    assert_true(says(r, "\"query\":{\"bucket\":\"hot\"}"));
    assert_int_equal(ask(r, "GET", "/api/v1/views", r->admin, "", ""), 200);
    assert_false(says(r, "Hot ones"));
    assert_int_equal(ask(r, "DELETE", path, r->admin, "", ""), 404);
    assert_int_equal(ask(r, "DELETE", path, r->sdr, "", ""), 204);
    assert_int_equal(ask(r, "POST", "/api/v1/views", r->sdr, JSON, "{\"name\":\"\",\"query\":5}"), 422);
}

/* --- a call shown outside --- */

static int insert_call(struct tx *tx, void *arg)
{
    json_t *call = json_pack("{s:s,s:s,s:s,s:s,s:s,s:i,s:I}", "id", CALL, "lead_id", (const char *)arg, "direction", "outbound", "phone", "+14155550161", "scenario_id", "demo",
                             "scenario_version", 1, "started_at", (json_int_t)1000);
    int err = call_row_start(tx, call);

    json_decref(call);
    return err;
}

static void a_shared_call_is_read_with_its_link_alone(void **state)
{
    struct room *r = *state;
    char lead[37], path[160], *last;

    add_lead(r, "+14155550161", "Shara");
    id_of(r, "+14155550161", lead);
    assert_int_equal(store_run(r->store, insert_call, lead), 0);
    assert_int_equal(ask(r, "POST", "/api/v1/calls/" CALL "/share", r->sdr, JSON, "{\"hours\":24}"), 403);
    assert_int_equal(ask(r, "POST", "/api/v1/calls/" CALL "/share", r->closer, JSON, "{\"hours\":0}"), 422);
    assert_int_equal(ask(r, "POST", "/api/v1/calls/01900000-0000-7000-8000-00000000ffff/share", r->closer, JSON, "{\"hours\":1}"), 404);
    assert_int_equal(ask(r, "GET", "/api/v1/shared/AAAA", NULL, "", ""), 404);
    assert_int_equal(ask(r, "POST", "/api/v1/calls/" CALL "/share", r->closer, JSON, "{\"hours\":24}"), 201);
    snprintf(path, sizeof path, "/api/v1/shared/%.54s", strstr(r->answer, "\"token\":\"") + 9);
    assert_int_equal(ask(r, "GET", path, NULL, "", ""), 200);
    assert_true(says(r, "\"name\":\"Shara\""));
    assert_false(says(r, "4155550161"));
    assert_false(says(r, lead));
    last = path + strlen(path) - 8;
    *last = *last == 'A' ? 'B' : 'A'; /* a forged one */
    assert_int_equal(ask(r, "GET", path, NULL, "", ""), 404);
}

struct count { const char *kind; int64_t n; };

static int count_events(struct tx *tx, void *arg)
{
    struct count *c = arg;

    return tx_query_int(tx, &c->n, "SELECT count(*) FROM event WHERE kind = ?", "s", c->kind);
}

static void making_and_opening_a_link_is_told(void **state)
{
    struct room *r = *state;
    struct count made = {.kind = "call.shared"}, opened = {.kind = "call.share_opened"};
    char lead[37], path[160];

    add_lead(r, "+14155550162", "Shara");
    id_of(r, "+14155550162", lead);
    assert_int_equal(store_run(r->store, insert_call, lead), 0);
    assert_int_equal(ask(r, "POST", "/api/v1/calls/" CALL "/share", r->admin, JSON, "{\"hours\":1}"), 201);
    snprintf(path, sizeof path, "/api/v1/shared/%.54s", strstr(r->answer, "\"token\":\"") + 9);
    assert_int_equal(ask(r, "GET", path, NULL, "", ""), 200);
    snprintf(path + strlen(path), sizeof path - strlen(path), "/recording");
    assert_int_equal(ask(r, "GET", path, NULL, "", ""), 404); /* none was made */
    assert_int_equal(store_run(r->store, count_events, &made), 0);
    assert_int_equal(store_run(r->store, count_events, &opened), 0);
    assert_int_equal(made.n, 1);
    assert_int_equal(opened.n, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_table_is_looked_at_before_it_is_taken, room_open, room_close),
        cmocka_unit_test_setup_teardown(columns_are_mapped_and_rows_are_numbered_on, room_open, room_close),
        cmocka_unit_test_setup_teardown(a_wrong_table_is_told_and_not_everybody_brings_one, room_open, room_close),
        cmocka_unit_test_setup_teardown(what_fits_the_filters_goes_out, room_open, room_close),
        cmocka_unit_test_setup_teardown(many_leads_get_an_owner_or_an_end, room_open, room_close),
        cmocka_unit_test_setup_teardown(a_view_is_its_owners, room_open, room_close),
        cmocka_unit_test_setup_teardown(a_shared_call_is_read_with_its_link_alone, room_open, room_close),
        cmocka_unit_test_setup_teardown(making_and_opening_a_link_is_told, room_open, room_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
