using System.Text.Json;
using System.Text.Json.Nodes;
using Standstill.Protocol.Statements;
using Standstill.Testing;

using static Standstill.Protocol.Tests.Balances.BalanceStory;

namespace Standstill.Protocol.Tests.Balances;

/// <summary>Statements about balances, movements and inspections as chance has them: most could have effect in the world that they come into,
/// some contradict it, some hold extreme figures or are mutated.</summary>
/// <remarks>Statements are made without signatures, which need no world and are tested elsewhere, so that many can be folded.</remarks>
internal sealed class RandomStatements(ulong seed)
{
    private static readonly string[] Owners = ["ash", "birch", "elm"];

    private static readonly string[] Types =
    [
        "compute-digest", "use-declared", "compute-digest", "use-declared", "compute-digest", "use-declared", "area-counted", "movement", "movement", "balance-design", "balance-area",
        "challenge", "challenge", "challenge-answered", "inspection-finding", "inspection-finding", "rental-commitments", "inspection-plan", "assurance-assessed-v2", "hand-over-v2", "tick",
    ];

    private readonly Draw draw = new(seed);

    private static Lazy<(World World, Dictionary<string, PartyKey> Keys)> Begun { get; } = new(Begin);

    /// <summary>Three parties with a meter each, four areas with periods of 15 days, designs, and a pact that rests on assurance.</summary>
    public static World Ground => Begun.Value.World;

    /// <summary>The next entry for a world, time having passed.</summary>
    public EntryReading Next(World world)
    {
        var received = world.Now + draw.Next(6) switch
        {
            0 => TimeSpan.Zero,
            1 => TimeSpan.FromMinutes(draw.Next(5000)),
            2 => TimeSpan.FromDays(draw.Next(70)),
            _ => TimeSpan.FromHours(draw.Next(500)),
        };
        while (true)
        {
            var type = PredicateType.FindName(Types[draw.Next(Types.Length)])!;
            var owner = Owners[draw.Next(Owners.Length)];
            var json = JsonSerializer.SerializeToNode(Body(type.Name, owner, world, received))!.AsObject();
            if (draw.Next(8) == 0)
            {
                Mutate(json);
            }

            var body = Fields.Read(JsonSerializer.SerializeToElement(json), "body", type.Shape);
            if (!body.IsGood)
            {
                continue;
            }

            var (voice, party) = type.Name switch
            {
                "balance-design" or "challenge" or "inspection-finding" or "inspection-plan" or "assurance-assessed-v2" => ("gorse.key", "gorse"),
                "compute-digest" => (draw.Next(20) == 0 ? owner + ".key" : owner + ".meter", owner),
                "tick" => ("operator.ops", "operator"),
                _ => (owner + ".key", owner),
            };
            var key = Begun.Value.Keys[voice];
            var next = world.Keys[key].Next;
            var id = Protocol.Digest.Of(System.Text.Encoding.UTF8.GetBytes($"{seed} {world.Size} {received.Ticks}"));
            var statement = new Statement(id, [], type.Uri, world.Registry, new PartyId(party), key, next.Sequence, next.Previous, received, type, body.Value);
            return new EntryReading(2000, received, statement, null);
        }
    }

    private static (World World, Dictionary<string, PartyKey> Keys) Begin()
    {
        var story = Founded().Area(minutes: 21_600).Counted().Area("birch", minutes: 21_600).Counted("birch", count: 1000).Area("elm", minutes: 21_600).Area(area: "b", minutes: 21_600).Counted(area: "b")
            .Designed().Designed("birch", systematic: 1, counting: 1, power: new { idleKilowatts = 0.2, activeKilowatts = 1, randomPercent = 5, systematicPercent = 1 }).Designed(area: null, random: 0.5);
        story.Tell("ash.key", "pact-opened-v2", new { pact = "standstill", text = PactBalanceTests.Terms("balance every 20 days") });
        foreach (var party in new[] { "ash", "birch" })
        {
            story.Tell("gorse.key", "assurance-assessed", AlarmTests.Assessed(party, 80))
                .Tell(party + ".key", "commitment-v2", new { pact = "standstill", text = "stop when all of ash, birch with assurance at least 60%" });
        }

        PactStory.Report(story, "model-x", 720, 600, 900);
        foreach (var party in new[] { "ash", "birch" })
        {
            story.Tell(party + ".key", "readiness", new { pact = "standstill", coalition = story.World.Pacts[new PactId("standstill")].CoalitionHash!.Value.Hex });
        }

        var voices = new[] { "ash.key", "ash.meter", "birch.key", "birch.meter", "elm.key", "elm.meter", "gorse.key", "operator.ops" };
        return (story.World, voices.ToDictionary(v => v, v => story.Signer(v).PublicKey, StringComparer.Ordinal));
    }

    private object Body(string type, string owner, World world, DateTimeOffset now)
    {
        var areas = world.AreasOf(new PartyId(owner));
        var area = areas.Length == 0 || draw.Next(15) == 0 ? null : areas[draw.Next(areas.Length)];
        var name = area?.Key.Area.Value ?? "c";
        var minutes = area?.Body.PeriodMinutes ?? 21_600;
        DateTimeOffset Aligned()
        {
            var length = TimeSpan.FromMinutes(minutes).Ticks;
            return DateTimeOffset.UnixEpoch.AddTicks(((now - DateTimeOffset.UnixEpoch).Ticks / length * length) - (length * draw.Next(4)));
        }

        DateTimeOffset Around(DateTimeOffset? time) => draw.Next(12) switch
        {
            0 => (time ?? now).AddMilliseconds(1),
            1 => (time ?? now).AddMinutes(-minutes),
            2 => now,
            _ => time ?? now.AddMinutes(-draw.Next(30_000)),
        };
        double Hours(double some) => draw.Next(20) switch { 0 => 0, 1 => 1e11, 2 => 1e-300, _ => some * draw.Next(110) / 100 };
        long Count(long some) => draw.Next(20) switch { 0 => 0, 1 => 100_000_000, _ => Math.Max(1, some + draw.Next(7) - 3) };
        switch (type)
        {
            case "balance-area":
                return AreaBody(owner, draw.Next(3) == 0 ? "c" : name, draw.Next(6) switch { 0 => 43_200, 1 => 10, _ => minutes }, draw.Next(3) == 0);
            case "area-counted":
                return CountBody(name, Count(area?.Stock.On(now) ?? 10), UtcTime.Format(UtcTime.ToMillisecond(Around(draw.Next(2) == 0 ? now : null))), draw.Next(2) == 0 ? new string('d', 64) : null);
            case "balance-design":
                return DesignBody(
                    owner, draw.Next(3) == 0 ? null : name, draw.Next(2) == 0 ? 0.01 : 5, draw.Next(2) * 50, draw.Next(3) switch { 0 => 0, 1 => 1e-300, _ => 3 }, draw.Next(2) == 0 ? 4 : 1,
                    draw.Next(2) == 0 ? null : new { idleKilowatts = 0.001, activeKilowatts = 0.01, randomPercent = 0.01, systematicPercent = 0 });
            case "compute-digest":
                {
                    var from = Around(area?.DigestedTo ?? area?.Start ?? Aligned());
                    var there = (area?.Stock.On(now) ?? 10) * minutes / 60.0;
                    var json = JsonSerializer.SerializeToNode(DigestBody(name, 0, 1, Hours(there), Hours(there), draw.Next(2) == 0 ? null : Hours(100), draw.Next(30), 100_000_000))!.AsObject();
                    json["from"] = UtcTime.Format(from);
                    json["to"] = UtcTime.Format(from.AddMinutes(minutes));
                    return json;
                }

            case "use-declared":
                {
                    var from = Around(area?.DeclaredTo ?? area?.Start ?? Aligned());
                    var there = (area?.Stock.On(now) ?? 10) * minutes / 60.0;
                    return new { facility = "hall", area = name, from = UtcTime.Format(from), to = UtcTime.Format(from.AddMinutes(minutes)), uses = new[] { new { use = "inference", chipHours = Hours(there) }, new { use = "down", chipHours = Hours(there) } } };
                }

            case "movement":
                {
                    var step = new[] { "made", "shipped", "received", "installed", "rented", "returned", "retired" }[draw.Next(7)];
                    var hasTwo = step is "shipped" or "received" or "rented" or "returned";
                    var isIn = step == "installed" || (step is "shipped" or "retired" && draw.Next(2) == 0);
                    return new
                    {
                        movement = "m" + draw.Next(4).ToString(System.Globalization.CultureInfo.InvariantCulture),
                        step,
                        counterparty = hasTwo ? Owners[draw.Next(3)] : null,
                        accelerator = "H100",
                        count = Count(draw.Next(5)),
                        on = UtcTime.Format(UtcTime.ToMillisecond(Around(draw.Next(2) == 0 ? now : null))),
                        facility = isIn ? "hall" : null,
                        area = isIn ? name : null,
                    };
                }

            case "rental-commitments":
                return new { from = "2025-01-01", to = $"2025-0{1 + draw.Next(3)}-28", commitments = "abcd".Where(_ => draw.Next(2) == 0).Select(c => new { sha256 = new string(c, 64) }) };
            case "inspection-plan":
                return ChallengeTests.Plan("p" + draw.Next(9).ToString(System.Globalization.CultureInfo.InvariantCulture), owner, name);
            case "challenge":
                {
                    var kind = draw.Next(2) == 0 ? "chunks" : "accelerators";
                    var digest = kind == "chunks" ? area?.LatestDigest?.Entry.Value : area?.Counted?.At.Entry.Value;
                    var entry = digest is { } found && draw.Next(6) > 0 ? found : draw.Next(80);
                    return ChallengeTests.Challenge(entry, 1 + draw.Next(12), owner, draw.Next(8) == 0 ? world.Size + draw.Next(2) : entry + 1, kind, challenge: "c" + draw.Next(4).ToString(System.Globalization.CultureInfo.InvariantCulture), dueHours: 1 + draw.Next(300));
                }

            case "challenge-answered":
                return new { challenge = "c" + draw.Next(4).ToString(System.Globalization.CultureInfo.InvariantCulture), opening = new string('e', 64), bytes = 1 };
            case "inspection-finding":
                {
                    var result = new[] { "confirmed", "discrepancy", "unresolved" }[draw.Next(3)];
                    return draw.Next(3) switch
                    {
                        0 => new { party = owner, challenge = "c" + draw.Next(4).ToString(System.Globalization.CultureInfo.InvariantCulture), result, text = "sample", evidence = Array.Empty<object>() },
                        1 => AlarmTests.Finding(result, draw.Next(2) == 0 ? null : name, draw.Next(10) == 0 ? long.MaxValue : world.Size, owner),
                        _ => new { party = owner, facility = "hall", area = name, result, text = "a visit", evidence = Array.Empty<object>() },
                    };
                }

            case "assurance-assessed-v2":
                return BodyTests.AssessedV2(draw.Next(101));
            case "hand-over-v2":
                return new { what = "compute", to = "somebody", facility = "hall", flopPerSecond = draw.Next(3) * 1e17, text = "sample" };
            default:
                return new { };
        }
    }

    private void Mutate(JsonObject json)
    {
        var names = json.Select(p => p.Key).ToArray();
        if (names.Length == 0)
        {
            return;
        }

        var (name, other) = (names[draw.Next(names.Length)], names[draw.Next(names.Length)]);
        json[name] = draw.Next(8) switch
        {
            0 => null,
            1 => 0,
            2 => 1e-308,
            3 => 100_000_000,
            4 => "ash",
            5 => UtcTime.Format(UtcTime.Earliest),
            6 => UtcTime.Format(UtcTime.Latest.AddMilliseconds(-1)),
            _ => json[other]?.DeepClone(),
        };
    }
}
