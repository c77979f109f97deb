using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Standstill.Ledger;
using Standstill.Node;
using Standstill.Protocol;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Bench;

/// <summary>
/// Makes a node's data directory with as many entries as wanted: real keys, real signatures, every entry effective. It goes
/// round the server, straight through <see cref="Fold"/> and <see cref="FileLedger"/> in big batches.
/// </summary>
/// <remarks>
/// A thousand labs and clouds enrol, each with a role key and a facility; a trigger is adopted, and forty labs commit to a pact.
/// Then, of a thousand entries: 100 ticks of the operator, 100 inventories, 50 updates of training runs, 2 capability results,
/// and heartbeats for the rest.
/// </remarks>
internal sealed class RegistryMaker : IDisposable
{
    private const int Parties = 1000;
    private const int Members = 40;
    private const int Batch = 8192;
    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(20);
    private static readonly string[] Constituencies = ["developers", "researchers", "policymakers"];

    private readonly FileLedger ledger;
    private readonly NoteSigner log;
    private readonly Speaker root;
    private readonly Speaker operations;
    private readonly List<Seat> seats = [];
    private readonly int count;
    private readonly DateTimeOffset begin;
    private World world = World.Empty;

    private RegistryMaker(string directory, int count)
    {
        this.count = count;
        begin = UtcTime.ToMillisecond(DateTimeOffset.UtcNow - (count * Spacing));
        var data = DataDirectory.At(directory);
        log = data.LogKey("standstill.example/bench");
        ledger = FileLedger.Open(data.Ledger, log);
        root = new Speaker(OperatorVoice.Party, data.NewRootKey());
        operations = new Speaker(OperatorVoice.Party, data.OperatorKey());
    }

    /// <summary>Makes the registry. Its labs and clouds, to go on from where it ends.</summary>
    public static RegistryMaker Make(string directory, int count)
    {
        var maker = new RegistryMaker(directory, count);
        maker.Append([new Line(maker.root, "charter", maker.Charter())]);
        foreach (var lines in maker.Lines().Take(count - 1).Chunk(Batch))
        {
            maker.Append(lines);
        }

        maker.ledger.Dispose();
        return maker;
    }

    /// <summary>Whole bytes of the entries, on average.</summary>
    public double EntryBytes { get; private set; }

    /// <summary>Statements to be sent in this order: seven heartbeats of a party of the registry, then the enrolment of a fresh one.</summary>
    /// <param name="party">Which; each once, since its statements are a chain.</param>
    /// <param name="length">How many.</param>
    public byte[][] Queue(int party, int length) =>
    [
        .. Enumerable.Range(0, length).Select(i => i % 8 == 7
            ? Enrolment(new Speaker(new PartyId($"fresh-{party}-{i}"), Key($"fresh {party} {i}")), "lab", null)
            : new Line(seats[party].Role, "heartbeat", new { }))
            .Select(line => line.Write(world.Registry, DateTimeOffset.UtcNow).ToArray()),
    ];

    public void Dispose()
    {
        log.Dispose();
        ledger.Dispose();
    }

    private JsonObject Charter() => new()
    {
        ["name"] = "Registry of the benchmark",
        ["purpose"] = "Figures; nothing here binds anybody.",
        ["sample"] = true,
        ["operatorName"] = "Operator (invented)",
        ["log"] = log.VerifierKey.ToString(),
        ["admission"] = new JsonArray([.. new[] { ("lab", "open"), ("cloud", "open"), ("evaluator", "operator"), ("panel-member", "operator") }
            .Select(rule => new JsonObject { ["kind"] = rule.Item1, ["rule"] = rule.Item2 })]),
        ["constituencies"] = new JsonArray([.. Constituencies.Select(name => new JsonObject { ["name"] = name, ["seats"] = 1, ["quorum"] = 1 })]),
        ["limits"] = new JsonObject { ["entryBytes"] = 65535, ["tickSeconds"] = 300, ["clockSkewSeconds"] = 60, ["heartbeatSeconds"] = 31_622_400 },
    };

    private IEnumerable<Line> Lines()
    {
        yield return RoleKey(root, operations);
        var evaluator = new Seat("evaluator");
        foreach (var line in Enter(evaluator, "evaluator", null).Concat(Adopt()))
        {
            yield return line;
        }

        for (var i = 0; i < Parties; i++)
        {
            var seat = new Seat($"party-{i}");
            seats.Add(seat);
            foreach (var line in Enter(seat, i % 5 == 4 ? "cloud" : "lab", null))
            {
                yield return line;
            }

            yield return new Line(seat.Role, "facility", new { facility = "hall", title = "Hall", jurisdiction = "invented", powerMegawatts = 20.0 });
            yield return Inventory(seat, i);
        }

        foreach (var line in Commit())
        {
            yield return line;
        }

        var dice = new Random(1);
        for (var i = 0; ; i++)
        {
            var seat = seats[dice.Next(Parties)];
            yield return (i % 1000) switch
            {
                500 or 999 => Result(evaluator, i),
                var k when k % 10 == 0 => new Line(operations, "tick", new { }),
                var k when k % 10 == 3 => Inventory(seat, i),
                var k when k % 20 == 7 && !seat.IsCloud => Run(seat, i),
                _ => new Line(seat.Role, "heartbeat", new { }),
            };
        }
    }

    private IEnumerable<Line> Enter(Seat seat, string kind, string? constituency)
    {
        seat.IsCloud = kind == "cloud";
        yield return Enrolment(seat.Root, kind, constituency);
        if (kind is "evaluator" or "panel-member")
        {
            yield return new Line(root, "accreditation", new { party = seat.Root.Party.Value, accredited = true, reason = "invented for the benchmark" });
        }

        yield return RoleKey(seat.Root, seat.Role);
    }

    private IEnumerable<Line> Adopt()
    {
        var panel = Constituencies.Select(c => (Name: c, Seat: new Seat($"panel-{c}"))).ToArray();
        foreach (var line in panel.SelectMany(p => Enter(p.Seat, "panel-member", p.Name)))
        {
            yield return line;
        }

        const string Text = """
            trigger "Long autonomous work" version 1
              watch   when frontier horizon(50%) > 1 h with confidence 80%
              pause   when frontier horizon(50%) > 100000 h with confidence 80%
              release when panel votes release
              evidence from at least 1 independent evaluator, none older than 365 days
              undetermined holds the last verdict
            """;
        yield return new Line(panel[0].Seat.Role, "trigger-proposed", new { trigger = "long-work", text = Text, rationale = "for the benchmark" });
        foreach (var (_, seat) in panel)
        {
            yield return new Line(seat.Role, "trigger-voted", new { trigger = "long-work", version = 1, choice = "adopt" });
        }

        yield return new Line(panel[0].Seat.Role, "trigger-adopted", new { trigger = "long-work", version = 1 });
    }

    private IEnumerable<Line> Commit()
    {
        yield return new Line(seats[0].Role, "pact-opened", new
        {
            pact = "pause",
            title = "Pause",
            text = "No training run above 1e26 FLOP.",
            trainingFlopAbove = 1e26,
            allowed = new[] { "inference" },
            trigger = "long-work",
            noticeDays = 14,
            cureDays = 21,
            withdrawalDays = 60,
            maximumDays = 730,
        });
        for (var i = 0; i < Members; i++)
        {
            var others = string.Join(", ", Enumerable.Range(1, 6).Select(k => seats[(i + k) % Members].Root.Party));
            yield return new Line(seats[i].Role, "commitment", new { pact = "pause", condition = $"at least 4 of {others} and at least 2% of accounted compute" });
        }
    }

    private Line Inventory(Seat seat, int i) => new(seat.Role, "inventory", new
    {
        facility = "hall",
        counted = $"{begin:yyyy-MM-dd}",
        accelerators = new[] { new { accelerator = "H100 SXM", count = 1000 + (i % 1000), peakFlopPerSecond = 9.89e14 } },
    });

    private static Line Run(Seat seat, int i)
    {
        var isFirst = seat.Flop == 0;
        seat.Flop = 1e20 * (i + 1);
        return isFirst
            ? new Line(seat.Role, "run-declared", new { run = "run", facility = "hall", purpose = "pretraining", plannedFlop = 1e26, starts = "2026-01-01" })
            : new Line(seat.Role, "run-updated", new { run = "run", flopSoFar = seat.Flop });
    }

    private static Line Result(Seat evaluator, int i) => new(evaluator.Role, "capability-result", new
    {
        source = "evaluator",
        citation = "invented",
        model = $"model-{i / 500}",
        released = $"{new DateOnly(2020, 1, 1).AddDays(i / 50):yyyy-MM-dd}",
        p50Minutes = 5.0 + (i / 500),
        p50Low = 2.0 + (i / 500),
        p50High = 10.0 + (i / 500),
        censoring = "none",
    });

    private static Line Enrolment(Speaker speaker, string kind, string? constituency) =>
        new(speaker, "party-enrolled", new { name = $"{speaker.Party} (invented)", kind, jurisdiction = "invented", constituency });

    private Line RoleKey(Speaker of, Speaker role) => new(of, "role-key", new
    {
        key = role.Signer.PublicKey.Text,
        roles = of == root ? ["operations", "governance"] : new[] { "operations", "compute", "evidence", "governance" },
        proof = KeyProof.Make(world.Registry!.Value, of.Party, role.Signer),
    });

    /// <summary>Signs a batch, the keys side by side and each key's statements in their order, then folds and appends it.</summary>
    private void Append(IReadOnlyList<Line> lines)
    {
        var entries = new ReadOnlyMemory<byte>[lines.Count];
        var readings = new EntryReading[lines.Count];
        var (first, registry) = (world.Size, world.Registry);
        Parallel.ForEach(lines.Index().GroupBy(l => l.Item.Speaker), chain =>
        {
            foreach (var (i, line) in chain)
            {
                var time = begin + ((first + i) * Spacing);
                entries[i] = Entry.Write(time, line.Write(registry, time).Span);
                readings[i] = EntryReading.Of(entries[i]);
            }
        });
        foreach (var reading in readings)
        {
            (world, var outcome) = Fold.Apply(world, reading);
            if (outcome is Outcome.Void why)
            {
                throw new InvalidOperationException($"entry {world.Size - 1}: {why.Faults[0]}");
            }
        }

        EntryBytes += entries.Sum(e => (double)e.Length) / count;
        ledger.Append(entries);
    }

    private static PartySigner Key(string name) => PartySigner.FromSeed(Digest.Of(Encoding.UTF8.GetBytes("standstill bench " + name)).ToBytes());

    /// <summary>A key with the end of its chain.</summary>
    private sealed class Speaker(PartyId party, PartySigner signer)
    {
        public PartyId Party => party;

        public PartySigner Signer => signer;

        public ChainPosition Position { get; set; } = ChainPosition.First;
    }

    /// <summary>A party with its two keys.</summary>
    private sealed class Seat(string name)
    {
        public Speaker Root { get; } = new(new PartyId(name), Key(name + " root"));

        public Speaker Role { get; } = new(new PartyId(name), Key(name + " role"));

        public bool IsCloud { get; set; }

        public double Flop { get; set; }
    }

    /// <summary>What a key is to say next.</summary>
    private sealed record Line(Speaker Speaker, string Type, object Body)
    {
        public ReadOnlyMemory<byte> Write(Digest? registry, DateTimeOffset time)
        {
            var written = StatementWriter.Write(
                PredicateType.FindName(Type)!, registry, Speaker.Party, Speaker.Signer, Speaker.Position, time, JsonSerializer.SerializeToElement(Body)).OrThrow();
            Speaker.Position = Speaker.Position.After(written.Id);
            return written.Envelope;
        }
    }
}
