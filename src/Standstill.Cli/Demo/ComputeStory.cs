using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Standstill.Cli.Commands.Compute;
using Standstill.Measurement.Adversary;
using Standstill.Meter.Closing;
using Standstill.Node;
using Standstill.Node.Api;
using Standstill.Protocol;
using Standstill.Protocol.Assurance;
using Standstill.Protocol.Balances;
using Standstill.Protocol.Inspections;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Cli.Demo;

/// <summary>
/// Three small labs put their accelerators under meters, and make a pact that asks for assurance. One of them quietly uses an accelerator by
/// night: its balance alarms, its assurance falls, and the others' pause loosens as far as they asked for it.
/// </summary>
internal sealed class ComputeStory : IDisposable
{
    private const string PactName = "sample-metered-pause";
    private const string Inspector = "sample-inspector";
    private const string Evaluator = "sample-evaluator";
    private const string Diverting = "sample-ivy";
    private const int Chips = 16;
    private const int Draws = 400;
    private const int Drawn = 4;

    // Sixteen H100s could do 1.6e22 FLOP in thirty days: an eighth of it.
    private static readonly Diversion Feared = new(2e21, 30);

    private static readonly (string Id, string Name, string Jurisdiction)[] Labs =
    [
        ("sample-hazel", "Hazel Lab (invented)", "Freedonia"),
        (Diverting, "Ivy Lab (invented)", "Sylvania"),
        ("sample-juniper", "Juniper Lab (invented)", "Ruritania"),
    ];

    private readonly StandstillNode node;
    private readonly StoryClock clock;
    private readonly HttpClient http;
    private readonly Voice supplier;
    private readonly string data;
    private readonly Dictionary<string, Voice> voices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MeteredHall> halls = new(StringComparer.Ordinal);

    /// <summary>Begins where the other story ends.</summary>
    /// <param name="node">The node.</param>
    /// <param name="clock">The story's time.</param>
    /// <param name="inspector">The inspector, which both stories know.</param>
    /// <param name="evaluator">Likewise.</param>
    /// <param name="supplier">Where the accelerators come from, which both know too.</param>
    /// <param name="data">Where the meters keep their raw samples.</param>
    public ComputeStory(StandstillNode node, StoryClock clock, Voice inspector, Voice evaluator, Voice supplier, string data)
    {
        (this.node, this.clock, this.supplier, this.data) = (node, clock, supplier, data);
        http = new HttpClient { BaseAddress = node.Address };
        (voices[Inspector], voices[Evaluator]) = (inspector, evaluator);
    }

    private World World => node.Current.World;

    private Digest Registry => World.Registry!.Value;

    private Pact Pact => World.Pacts[new PactId(PactName)];

    public async Task TellAsync()
    {
        // Balance periods begin at midnight.
        clock.MoveTo(new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(1));
        await PrepareAsync();
        await RunDaysAsync(7, false, isVisited: true);
        await InspectAsync();
        await AssureAsync();
        await CommitAsync();
        await RunDaysAsync(4, false);
        Heading($"The pause of the three is in force ({Day()})");
        Detail(string.Join(", ", Pact.MembersBound.Select(m => $"{m} stops")));
        Heading($"{Diverting} begins to use one accelerator of {Chips} by night, and declares nothing");
        var alarmed = await RunUntilAlarmAsync();
        await ReactAsync(alarmed);
    }

    public void Dispose()
    {
        foreach (var (id, voice) in voices)
        {
            if (id is not (Inspector or Evaluator))
            {
                voice.Dispose();
            }
        }

        foreach (var hall in halls.Values)
        {
            hall.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        http.Dispose();
    }

    private async Task PrepareAsync()
    {
        Heading($"Three small labs put their accelerators under meters ({Day()})");
        foreach (var (id, name, jurisdiction) in Labs)
        {
            var voice = voices[id] = new Voice(new PartyId(id), http, clock);
            var index = await voice.EnrolAsync(Registry, new { name, kind = "lab", jurisdiction }, AccreditAsync);
            var meter = voice.Key("meter");
            await SayAsync(id, "root", "role-key", new { key = meter.PublicKey.Text, roles = new[] { "compute" }, proof = KeyProof.Make(Registry, voice.Party, meter) });
            await SayAsync(id, "role", "facility", new { facility = "hall-1", title = "Hall 1", jurisdiction, powerMegawatts = 0.02 });
            var movement = $"to-{id}";
            await supplier.SayAsync(Registry, "movement", new { movement, step = "shipped", counterparty = id, accelerator = "H100 SXM", count = Chips, on = Time() });
            await SayAsync(id, "role", "movement", new { movement, step = "received", counterparty = supplier.Party.Value, accelerator = "H100 SXM", count = Chips, on = Time() });
            await SayAsync(id, "role", "inventory", new { facility = "hall-1", counted = Day(), accelerators = new[] { new { accelerator = "H100 SXM", count = Chips, peakFlopPerSecond = 9.894e14 } } });
            await SayAsync(id, "role", "balance-area", new { facility = "hall-1", area = "all", title = $"Hall 1 of {name}", accelerator = "H100 SXM", peakFlopPerSecond = 9.894e14, periodMinutes = 1440, meterKey = meter.PublicKey.Text });
            await SayAsync(id, "role", "run-declared", new { run = "experiments", facility = "hall-1", purpose = "research", plannedFlop = 5e21, starts = Day() });
            var counted = await SayAsync(id, "role", "area-counted", new { facility = "hall-1", area = "all", counted = Time(), count = Chips });
            await DesignAsync(id, "hall-1", "all");
            await DesignAsync(id, null, null);
            halls[id] = new MeteredHall(new PartyId(id), Chips, Path.Combine(data, id), clock);
            Step(index, $"{name} enrols; at entry {counted.Index} it counts {Chips} accelerators in a balance area, whose digests only its meter's key signs");
        }

        var design = World.Areas.Values.First(a => a.Key.Party.Value == Diverting).Line.Design!;
        Detail($"the inspector sets the tests: errors 1 % a day, {design.Body.FalseAlarmsPerYear:0.##} false alarms a year in each balance, all its tests together (Page's test k {design.Tests.Abrupt.Allowance:0.00}, h {design.Tests.Abrupt.Interval:0.00})");
        foreach (var (id, _, _) in Labs)
        {
            await PlanAsync(id);
        }

        await ReconcileAsync();
    }

    private async Task PlanAsync(string party)
    {
        var plan = await SayAsync(Inspector, "role", "inspection-plan", new
        {
            plan = $"spring-{party}",
            party,
            from = Day(),
            to = $"{clock.GetUtcNow().AddDays(90):yyyy-MM-dd}",
            visits = 45,
            challengesPerMonth = 4,
            chunksPerChallenge = Drawn,
            strata = new[] { new { facility = "hall-1", area = "all", population = Chips, defects = 1, identificationPercent = 90, sample = 8, costEach = 0.05 } },
            cost = 22.5,
            costUnit = "inspector-days",
            text = "sample: an inspector who stays; a visit looks at 8 of 16 accelerators, a challenge opens 4 of a day's chunks",
        });
        Step(plan.Index, $"how much of {party} the inspector will look at is on record; what, follows from later checkpoints");
    }

    /// <summary>Rentals behind salted commitments, by each lab and by the cloud, and an estimate of what else there is.</summary>
    private async Task ReconcileAsync()
    {
        var (from, to) = ("2026-01-01", "2026-03-31");
        var rentals = Labs.ToDictionary(l => l.Id, l => SaltedCommitment.Make(Digest.Of(Encoding.UTF8.GetBytes($"sample salt {l.Id}")).ToBytes(), $"{supplier.Party}|{l.Id}|H100 SXM|2000|{from}|{to}"));
        foreach (var (id, rental) in rentals)
        {
            await SayAsync(id, "role", "rental-commitments", new { from, to, commitments = new[] { new { sha256 = rental.Hex } } });
        }

        var all = await supplier.SayAsync(Registry, "rental-commitments", new { from, to, commitments = rentals.Values.Order().Select(r => new { sha256 = r.Hex }) });
        Step(all.Index, $"{supplier.Party} puts its rentals on record behind salted commitments: each matches a lab's own, and no lab sees another's");
        var world = World.Shares.Total * 1.05;
        var estimate = await SayAsync(Evaluator, "role", "world-compute-estimated", new { low = world, middle = world * 1.05, high = world * 1.2, effective = Day(), citation = "invented", method = "sample: a small world, so that the demonstration has something to rely on" });
        Step(estimate.Index, "an invented estimate of all compute that there is: this sample's world is small");
    }

    private Task<SubmissionAnswer> DesignAsync(string party, string? facility, string? area) => SayAsync(Inspector, "role", "balance-design", new
    {
        party,
        facility,
        area,
        randomPercent = 1.0,
        systematicPercent = 0.3,
        countingPercent = 0.1,
        falseAlarmsPerYear = 0.1,
        power = new { idleKilowatts = 0.14, activeKilowatts = 0.64, randomPercent = 2.0, systematicPercent = 1.0 },
        method = "invented for the demonstration",
    });

    /// <summary>Days pass: every meter takes its readings, closes the day, signs its digest; every lab declares what its scheduler says.</summary>
    private async Task RunDaysAsync(int days, bool isDiverting, bool isVisited = false)
    {
        for (var day = 0; day < days; day++)
        {
            var midnight = clock.GetUtcNow();
            clock.MoveTo(midnight.AddDays(1));
            foreach (var (id, hall) in halls)
            {
                var closed = await hall.DayAsync(midnight, isDiverting && id == Diverting ? 1 : null);
                await SayAsync(id, "meter", "compute-digest", JsonNode.Parse(closed.Digest.ToJson())!);
                await SayAsync(id, "role", "use-declared", new
                {
                    facility = "hall-1",
                    area = "all",
                    from = UtcTime.Format(midnight),
                    to = UtcTime.Format(midnight.AddDays(1)),
                    uses = new[] { new { use = "training", run = "experiments", chipHours = Math.Round(hall.Scheduled, 3) } },
                });
            }

            await node.Operator.TickAsync(CancellationToken.None);
            foreach (var id in halls.Keys.Where(_ => isVisited))
            {
                await SayAsync(Inspector, "role", "inspection-finding", new { party = id, facility = "hall-1", area = "all", result = "confirmed", text = "sample visit: 8 accelerators were looked at, and each is where it was declared to be" });
            }
        }

        foreach (var member in World.Pacts.Values.SelectMany(p => p.MembersBound).Distinct().Where(m => voices.ContainsKey(m.Value)))
        {
            await SayAsync(member.Value, "role", "heartbeat", new { });
        }
    }

    private async Task InspectAsync()
    {
        Heading($"Seven days of balances and visits; now challenges ({Day()})");
        foreach (var (id, _, _) in Labs)
        {
            var found = await ChallengeAsync(id, $"{id}-first");
            Step(found.Index, $"{id}: confirmed");
        }
    }

    /// <summary>Draws from the latest checkpoint, has the meter open what is drawn, checks it offline, and puts the finding on record.</summary>
    private async Task<SubmissionAnswer> ChallengeAsync(string party, string name)
    {
        var area = World.Areas.Values.Single(a => a.Key.Party.Value == party);
        var (digest, head) = (area.LatestDigest!, node.Current.Head.Checkpoint);
        var challenge = new Challenge(name, Digest.Of(digest.Body.ToJson()), Inputs.DigestOf(head.Root), Drawn);
        var drawn = ChallengeDraw.Positions(challenge.CheckpointRoot, name, digest.Body.Chunks, challenge.Count);
        var asked = await SayAsync(Inspector, "role", "challenge", new
        {
            challenge = name,
            party,
            kind = "chunks",
            entry = digest.Entry.Value,
            draw = challenge.Count,
            checkpointSize = head.Size,
            checkpointRoot = challenge.CheckpointRoot.Hex,
            dueHours = 48,
        });
        Step(asked.Index, $"the inspector asks {party} to open chunks {string.Join(", ", drawn)} of {digest.Body.Chunks}, drawn from the root hash of {head.Size} entries");
        var (archive, sha256) = halls[party].Open(challenge);
        var answered = await SayAsync(party, "role", "challenge-answered", new { challenge = name, opening = sha256.Hex, bytes = new FileInfo(archive).Length });
        var scratch = Directory.CreateTempSubdirectory("standstill-opening-");
        ImmutableArray<Fault> faults;
        try
        {
            faults = OpeningCheck.Faults(digest.Body, challenge, archive, scratch.FullName);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }

        Step(answered.Index, faults.IsEmpty ? $"{party} opens them; every proof holds, and every sum comes out again from the raw samples" : $"{party}'s opening is wrong: {faults[0]}");
        return await SayAsync(Inspector, "role", "inspection-finding", new
        {
            party,
            challenge = name,
            result = faults.IsEmpty ? "confirmed" : "discrepancy",
            text = faults.IsEmpty ? "the opened chunks are those that the digest commits to" : faults[0].ToString(),
        });
    }

    private async Task AssureAsync()
    {
        Heading("What could still be hidden");
        foreach (var (id, _, _) in Labs)
        {
            var root = Inputs.DigestOf(node.Current.Head.Checkpoint.Root);
            var study = AssuranceStudy.Of(World, new PartyId(id), Feared, new(root.ToBytes()), Draws, Work.OnAllCores)!;
            var body = AssuranceCommand.Body(World, root, study, 60);
            var answer = await SayAsync(Inspector, "role", "assurance-assessed-v2", body);
            Step(answer.Index, $"{id}: {SimulateCommand.Flop(Feared.Flop)} FLOP within {Feared.WithinDays} days would be seen with {study.Percent} % at least; weakest against {study.Study.Weakest?.Strategy.Name ?? "nothing"}; false alarms {study.Study.AllFalseAlarms.Value:0.00} a year");
            if (id == Labs[^1].Id)
            {
                Detail(StrategyTable.Of(study.Undetected));
            }
        }
    }

    private async Task CommitAsync()
    {
        Heading($"A pact that asks for assurance ({Day()})");
        var opened = await SayAsync(Labs[0].Id, "role", "pact-opened-v2", new { pact = PactName, text = SampleRegistry.MeteredPact });
        Step(opened.Index, "the pact is opened");
        foreach (var (party, commitment) in SampleRegistry.MeteredCommitments)
        {
            var answer = await SayAsync(party, "role", "commitment-v2", new { pact = PactName, text = commitment });
            Step(answer.Index, $"{party}: {commitment.Replace("\n", "; ", StringComparison.Ordinal)}");
        }

        Detail(PactText.Of(Pact.Stage));
        if (Pact.CoalitionHash is { } coalition)
        {
            foreach (var (id, _, _) in Labs)
            {
                await SayAsync(id, "role", "readiness", new { pact = PactName, coalition = coalition.Hex });
            }
        }

        Detail(PactText.Of(Pact.Stage));
    }

    private async Task<AlarmRecord> RunUntilAlarmAsync()
    {
        for (var day = 1; day <= 30; day++)
        {
            await RunDaysAsync(1, true);
            var line = World.Areas.Values.Single(a => a.Key.Party.Value == Diverting).Line;
            var reading = line.Entries[^1].Reading!;
            Output.Line(string.Create(CultureInfo.InvariantCulture, $"      {line.Entries[^1].Period.From:yyyy-MM-dd}  CUF {reading.Cuf.Value:0.0} of {line.Entries[^1].Period.Present.Value:0} chip-hours, {reading.Standardised:0.0} standard deviations; Page {reading.PageLoss:0.0} of {line.Design!.Tests.Abrupt.Interval:0.0}"));
            if (World.Areas.Values.Where(a => a.Line.IsAlarmed).ToArray() is [var alarmed, ..])
            {
                return alarmed.Line.Alarms.First(a => a.IsOpen);
            }
        }

        throw new InvalidOperationException("a month of diversion has raised no alarm");
    }

    private async Task ReactAsync(AlarmRecord alarm)
    {
        Heading($"The balance alarms ({Day()})");
        Step(alarm.At.Entry.Value, $"test `{alarm.Test}` of {Diverting} reaches {alarm.Statistic:0.00}, limit {alarm.Limit:0.00}");
        Detail($"from this entry on pacts reckon with an assurance of {World.Facts.Assurance[new PartyId(Diverting)]} % at {Diverting}");
        foreach (var transition in Pact.History.Where(t => t.At.Entry == alarm.At.Entry))
        {
            Detail(PactText.Of(transition.What));
        }

        foreach (var member in Pact.Members.Values)
        {
            Detail(PactText.Of(member));
        }

        Detail($"whether {Diverting} broke the pact is for an allegation and a ruling; the others go on at half their pause, which nobody has to take on trust");
        Heading("The inspector looks");
        await ChallengeAsync(Diverting, $"{Diverting}-second");
        Detail("the raw samples are true: they show work by night that nobody declared");
        var upTo = World.Areas.Values.Single(a => a.Key.Party.Value == Diverting).Line.Alarms.Max(a => a.At.Entry.Value);
        var found = await SayAsync(Inspector, "role", "inspection-finding", new
        {
            party = Diverting,
            alarms = true,
            facility = "hall-1",
            area = "all",
            upTo,
            result = "discrepancy",
            text = "sample: GPU-sample-ivy-00, of the reserve, works from 01:00 to 09:00 each night, and no job of the scheduler ran on it",
        });
        await SayAsync(Inspector, "role", "inspection-finding", new { party = Diverting, alarms = true, upTo, result = "discrepancy", text = "sample: the same" });
        Step(found.Index, $"{Diverting}: discrepancy; its assurance stays at 0 % until an inspector confirms otherwise");
        await RunDaysAsync(1, false);
    }

    private async Task AccreditAsync(PartyId party)
    {
        if (World.Parties[party].Accredited is null)
        {
            await node.Operator.AccreditAsync(party, "invented for the demonstration", CancellationToken.None);
        }
    }

    private Task<SubmissionAnswer> SayAsync(string party, string key, string type, object body) => voices[party].SayAsync(Registry, key, type, body);

    private string Day() => $"{clock.GetUtcNow():yyyy-MM-dd}";

    private string Time() => UtcTime.Format(clock.GetUtcNow());

    private static void Heading(string text) => Output.Line($"\n{text}");

    private static void Step(long entry, string text) => Output.Line($"  entry {entry,4}  {text}");

    private static void Detail(string text) => Output.Line($"              → {text}");
}
