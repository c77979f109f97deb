using System.Text.Json;
using System.Text.Json.Nodes;
using Standstill.Protocol.Statements;

using static Standstill.Protocol.Tests.Balances.BalanceStory;

namespace Standstill.Protocol.Tests.Balances;

/// <summary>What the bodies of these statements refuse by themselves, whatever the world.</summary>
public sealed class BodyTests
{
    private static readonly string[] Names =
    [
        "balance-area", "area-counted", "balance-design", "compute-digest", "use-declared", "movement", "rental-commitments",
        "inspection-plan", "challenge", "challenge-answered", "inspection-finding", "assurance-assessed-v2", "hand-over-v2",
    ];

    public static TheoryData<string> Types => [.. Names];

    public static TheoryData<string, string, string, string> Refusals => new()
    {
        { "balance-area", "periodMinutes", "0", "body.periodMinutes: `0` is not a whole number from 1 to 43200; send a number within its bounds" },
        { "area-counted", "count", "100000001", "body.count: `100000001` is not a whole number from 0 to 100000000; send a number within its bounds" },
        { "balance-design", "area", "null", "body.area: one without the other; name both, or neither for the sum over all areas" },
        { "balance-design", "facility", "null", "body.facility: one without the other; name both, or neither for the sum over all areas" },
        { "balance-design", "randomPercent", "0", "body.randomPercent: `0` is not a number from 0.01 to 50; send a number within its bounds" },
        { "balance-design", "falseAlarmsPerYear", "0", "body.falseAlarmsPerYear: `0` is not a number from 0.001 to 4; send a number within its bounds" },
        { "balance-design", "power", """{"idleKilowatts":1,"activeKilowatts":1,"randomPercent":5,"systematicPercent":1}""", "body.power.activeKilowatts: not above what it draws idle; give both at the node's input" },
        { "compute-digest", "to", $"\"{Time(0)}\"", "body.to: the period is not a whole number of minutes, from before to; give both ends as whole minutes" },
        { "compute-digest", "energyKilowattHours", "12", "body.energyKilowattHours: an energy without a source; name the source, or send 0" },
        { "compute-digest", "idleHours", "41", "body.busyHours: the states have more hours than the accelerators; close the period again" },
        { "compute-digest", "activeHours", "201", "body.activeHours: more than busy and light hours together; weigh by activity from 0 to 1" },
        { "use-declared", "to", $"\"{Time(0)}\"", "body.to: not after `from`; name the period's end" },
        { "use-declared", "uses", """[{"use":"training","chipHours":1}]""", "body.uses[0].run: training without its run; declare the run, and name it" },
        { "use-declared", "uses", """[{"use":"down","run":"big","chipHours":1}]""", "body.uses[0].run: only training names a run; leave it out" },
        { "use-declared", "uses", """[{"use":"research","chipHours":-1}]""", "body.uses[0].chipHours: `-1` is not a number from 0 to 100000000000; send a number within its bounds" },
        { "movement", "counterparty", "null", "body.counterparty: missing; name the other end" },
        { "movement", "step", "\"made\"", "body.counterparty: this step has one end; leave it out" },
        { "movement", "facility", "\"hall\"", "body.area: one without the other; name both or neither" },
        { "movement", "area", "\"a\"", "body.facility: one without the other; name both or neither" },
        { "movement", "count", "0", "body.count: `0` is not a whole number from 1 to 100000000; send a number within its bounds" },
        { "rental-commitments", "to", "\"2024-12-31\"", "body.to: before `from`; name the last day" },
        { "rental-commitments", "commitments", Digests('b', 'a'), "body.commitments: not in ascending order, or one stands there twice; sort them: their order must not tell which customer is which" },
        { "rental-commitments", "commitments", Digests('a', 'a'), "body.commitments: not in ascending order, or one stands there twice; sort them: their order must not tell which customer is which" },
        { "inspection-plan", "to", "\"2024-12-31\"", "body.to: before `from`; name the last day" },
        { "inspection-plan", "strata", """[{"facility":"hall","area":"a","population":4,"defects":1,"identificationPercent":90,"sample":5,"costEach":1}]""", "body.strata[0].sample: more than there are; draw at most all" },
        { "challenge", "dueHours", "0", "body.dueHours: `0` is not a whole number from 1 to 8760; send a number within its bounds" },
        { "challenge", "draw", "0", "body.draw: `0` is not a whole number from 1 to 10000; send a number within its bounds" },
        { "challenge-answered", "opening", "\"x\"", "body.opening: `x` is not a SHA-256 digest; write 64 lower-case hexadecimal digits" },
        { "inspection-finding", "challenge", "\"look\"", "body.challenge: a finding is about one thing; send one for the challenge and one for the alarms" },
        { "inspection-finding", "upTo", "null", "body.upTo: missing; name the latest alarm's entry" },
        { "inspection-finding", "alarms", "false", "body.upTo: only with `alarms`; leave it out" },
        { "inspection-finding", "area", "null", "body.area: one without the other; name both or neither" },
        { "assurance-assessed-v2", "computed", "null", "body.computed: missing; add this field" },
        { "hand-over-v2", "facility", "null", "body.facility: compute names its facility, and weights none; add or remove the field" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_body_that_contradicts_itself_is_refused_with_its_place_and_the_remedy(string type, string field, string value, string expected)
    {
        var body = JsonSerializer.SerializeToNode(Good(type))!.AsObject();
        body[field] = JsonNode.Parse(value);

        Assert.Equal(expected, Assert.Single(Faults(type, body)));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_good_body_is_read_and_its_fields_are_described(string type)
    {
        Assert.Empty(Faults(type, Good(type)));
        Assert.All(PredicateType.FindName(type)!.Fields, f => Assert.NotEqual("", f.Meaning));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void No_field_may_be_of_another_type_and_none_makes_reading_throw(string type)
    {
        foreach (var field in JsonSerializer.SerializeToNode(Good(type))!.AsObject().Select(f => f.Key).ToArray())
        {
            foreach (var strange in new[] { "{}", "[]", "[1]", "[{}]", "[null]", "-1", "1e308", "\"\"", "true", "null" })
            {
                var body = JsonSerializer.SerializeToNode(Good(type))!.AsObject();
                body[field] = JsonNode.Parse(strange);
                _ = Faults(type, body);
            }
        }

        Assert.NotEmpty(Faults(type, new { }));
    }

    internal static string[] Faults(string type, object body) =>
        [.. Fields.Read(JsonSerializer.SerializeToElement(body), "body", PredicateType.FindName(type)!.Shape).Faults.Select(f => f.ToString())];

    private static object Good(string type) => type switch
    {
        "balance-area" => AreaBody(),
        "area-counted" => CountBody("a", 10, Time(0)),
        "balance-design" => DesignBody(power: new { idleKilowatts = 0.2, activeKilowatts = 1, randomPercent = 5, systematicPercent = 1 }),
        "compute-digest" => DigestBody(),
        "use-declared" => UseBody(),
        "movement" => TransferTests.Movement("m", "shipped", "birch"),
        "rental-commitments" => new { from = "2025-01-01", to = "2025-01-31", commitments = JsonNode.Parse(Digests('a', 'b')) },
        "inspection-plan" => ChallengeTests.Plan(),
        "challenge" => ChallengeTests.Challenge(7),
        "challenge-answered" => new { challenge = "look", opening = new string('e', 64), bytes = 1 },
        "inspection-finding" => AlarmTests.Finding("confirmed"),
        "assurance-assessed-v2" => AssessedV2(),
        _ => new { what = "compute", to = "somebody", facility = "hall", flopPerSecond = 1e15, text = "sample" },
    };

    internal static JsonObject AssessedV2(int percent = 80)
    {
        var body = JsonSerializer.SerializeToNode(AlarmTests.Assessed("ash", percent))!.AsObject();
        body["computed"] = JsonSerializer.SerializeToNode(new { entries = 1, seed = new string('a', 64), draws = 1000, library = "sample 1", weakest = "slow drip", medianDaysToDetection = 9, falseAlarmsPerYear = 0.5, undetectedFlop = 1e24 });
        return body;
    }

    private static string Digests(params char[] letters) => "[" + string.Join(',', letters.Select(c => $$"""{"sha256":"{{new string(c, 64)}}"}""")) + "]";
}
