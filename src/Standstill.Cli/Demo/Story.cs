using System.Globalization;
using Standstill.Measurement;
using Standstill.Measurement.Capability;
using Standstill.Node;
using Standstill.Node.Api;
using Standstill.Protocol;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Statements;

namespace Standstill.Cli.Demo;

/// <summary>
/// The main job as a story: parties enrol, a trigger is adopted, four labs commit under conditions on one another and are
/// bound at one entry, real published figures arrive at their dates, the pause comes into force, one lab breaks it, and
/// the coalition shrinks by rule.
/// </summary>
internal sealed class Story : IDisposable
{
    private const string PactName = "sample-pause";
    private const string TriggerName = "long-autonomous-work";
    private readonly StandstillNode node;
    private readonly StoryClock clock;
    private readonly HttpClient http;
    private readonly Dictionary<string, Voice> voices;

    public Story(StandstillNode node, StoryClock clock)
    {
        this.node = node;
        this.clock = clock;
        http = new HttpClient { BaseAddress = node.Address };
        voices = SampleRegistry.Parties.ToDictionary(p => p.Id, p => new Voice(new PartyId(p.Id), http, clock), StringComparer.Ordinal);
    }

    private World World => node.Current.World;

    private Pact Pact => World.Pacts[new PactId(PactName)];

    private Digest Registry => World.Registry!.Value;

    public async Task TellAsync()
    {
        Heading($"The registry is founded ({Time()})");
        Step(0, "the operator signs the charter: who may join, what a panel vote needs, how long silence may last");
        await EnrolAsync();
        await AccountAsync();
        await AdoptAsync();
        var rest = await MeasureUntilAsync(Horizons(), new DateOnly(2025, 1, 1));
        await CommitAsync();
        rest = await MeasureUntilAsync(rest, DateOnly.MaxValue, () => Pact.Stage is PactStage.InNotice);
        await PauseAsync(rest);
    }

    /// <summary>One of its parties, for a story that goes on from here.</summary>
    public Voice Of(string party) => voices[party];

    public void Dispose()
    {
        foreach (var voice in voices.Values)
        {
            voice.Dispose();
        }

        http.Dispose();
    }

    private async Task EnrolAsync()
    {
        foreach (var (id, kind, name, jurisdiction) in SampleRegistry.Parties)
        {
            var index = await voices[id].EnrolAsync(
                Registry,
                new { name, kind, jurisdiction, constituency = kind == "panel-member" ? id["sample-panel-".Length..] : null },
                AccreditAsync);
            Step(index, $"{name} enrols as {kind}");
        }
    }

    private async Task AccreditAsync(PartyId party)
    {
        if (World.Parties[party].Accredited is null)
        {
            await node.Operator.AccreditAsync(party, "invented for the demonstration", CancellationToken.None);
        }
    }

    private async Task AccountAsync()
    {
        Heading("Compute is put on record");
        foreach (var (party, count) in SampleRegistry.Inventory)
        {
            await SayAsync(party, "facility", new { facility = "hall-1", title = "Hall 1", jurisdiction = "invented", powerMegawatts = count / 500.0 });
            var answer = await SayAsync(party, "inventory", new
            {
                facility = "hall-1",
                counted = $"{clock.GetUtcNow():yyyy-MM-dd}",
                accelerators = new[] { new { accelerator = "H100 SXM", count, peakFlopPerSecond = 9.89e14 } },
            });
            Step(answer.Index, $"{party} counts {count:N0} H100, {World.Shares.ShareOf(new HashSet<PartyId> { new(party) }):P0} of what is accounted for so far");
        }
    }

    private async Task AdoptAsync()
    {
        Heading("A trigger is proposed, voted on, and adopted");
        foreach (var line in SampleRegistry.Trigger.Split('\n'))
        {
            Output.Line("      " + line);
        }

        await ProposeAsync(TriggerName, SampleRegistry.Trigger, "sample: work of a day without a human is where review stops to keep up");
        await ProposeAsync("twice-measured", SampleRegistry.StrictTrigger, "sample: the same, but only when two independent evaluators say so");
    }

    private async Task ProposeAsync(string trigger, string text, string rationale)
    {
        var proposed = await SayAsync("sample-panel-researchers", "trigger-proposed", new { trigger, text, rationale });
        Step(proposed.Index, $"trigger `{trigger}` is proposed");
        SubmissionAnswer? last = null;
        foreach (var member in SampleRegistry.Parties.Where(p => p.Kind == "panel-member"))
        {
            last = await SayAsync(member.Id, "trigger-voted", new { trigger, version = 1, choice = "adopt" });
        }

        Step(last!.Index, "the last of three constituencies votes for it");
        var adopted = await SayAsync("sample-panel-policymakers", "trigger-adopted", new { trigger, version = 1 });
        Step(adopted.Index, $"`{trigger}` is policy from this entry on");
    }

    private async Task CommitAsync()
    {
        Heading($"Four labs commit, each under a condition on the others ({Time()})");
        var opened = await SayAsync("sample-ash", "pact-opened", new
        {
            pact = PactName,
            title = "Sample pause on large training runs",
            text = "No training run above 1e26 FLOP is begun or carried on.",
            trainingFlopAbove = 1e26,
            allowed = new[] { "inference", "safety work", "training runs of at most 1e26 FLOP" },
            trigger = TriggerName,
            noticeDays = 14,
            cureDays = 21,
            withdrawalDays = 60,
            maximumDays = 730,
        });
        Step(opened.Index, "the pact is opened; that alone binds nobody");
        foreach (var (party, condition) in SampleRegistry.Commitments)
        {
            var answer = await SayAsync(party, "commitment", new { pact = PactName, condition });
            Step(answer.Index, $"{party} commits on condition: {condition}");
            var bound = Pact.MembersBound;
            Detail(bound.IsEmpty ? "nobody is bound: everybody still waits for somebody" : $"from this one entry on all are bound: {string.Join(", ", bound)}");
        }
    }

    private static IReadOnlyList<PublishedHorizon> Horizons()
    {
        using var stream = typeof(Story).Assembly.GetManifestResourceStream("horizons.csv")!;
        using var text = new StreamReader(stream);
        return PublishedHorizonTable.Read(text.ReadToEnd()) is PublishedHorizonReading.Table table
            ? [.. table.Horizons.OrderBy(h => h.Released)]
            : throw new InvalidDataException("the published table that comes with the demo does not read");
    }

    private async Task<IReadOnlyList<PublishedHorizon>> MeasureUntilAsync(
        IReadOnlyList<PublishedHorizon> horizons, DateOnly until, Func<bool>? stop = null)
    {
        Heading($"METR's published time horizons arrive at their dates (from {horizons[0].Released:yyyy-MM-dd})");
        var taken = 0;
        while (taken < horizons.Count && horizons[taken].Released < until
            && (stop?.Invoke() != true || horizons[taken].Released == horizons[taken - 1].Released))
        {
            await MeasureAsync(horizons[taken++]);
        }

        await PassAsync(until == DateOnly.MaxValue ? clock.GetUtcNow() : Noon(until));
        return [.. horizons.Skip(taken)];
    }

    private async Task MeasureAsync(PublishedHorizon horizon)
    {
        await PassAsync(Noon(horizon.Released));
        var answer = await SayAsync("sample-evaluator", "capability-result", new
        {
            source = "metr-th1-1",
            citation = "METR, time horizon 1.1, published tables of March and April 2026",
            model = horizon.Model,
            released = $"{horizon.Released:yyyy-MM-dd}",
            p50Minutes = horizon.P50.Value,
            p50Low = horizon.Limits95?.Low.Value,
            p50High = horizon.Limits95?.High.Value,
            p80Minutes = horizon.P80?.Value,
            censoring = Words.Of(horizon.Censoring),
        });
        var limits = horizon.Limits95 is { } l ? $" (95 %: {Length(l.Low)} to {Length(l.High)})" : "";
        Step(answer.Index, $"{horizon.Released:yyyy-MM-dd}  {horizon.Model}: {(horizon.Censoring == Censoring.AtLeast ? "at least " : "")}{Length(horizon.P50)}{limits}");
        foreach (var standing in World.Adopted(new TriggerId(TriggerName))!.Levels.Where(s => s.Effective == Verdict.Met && s.Since.Entry.Value == answer.Index))
        {
            Detail($"the trigger's level `{Words.Of(standing.Level)}` is met at this entry");
        }
    }

    private async Task PauseAsync(IReadOnlyList<PublishedHorizon> rest)
    {
        var notice = (PactStage.InNotice)Pact.Stage;
        Heading("The pact is called");
        Detail(PactText.Of(notice));
        await PassAsync(notice.Until);
        Heading($"The pause is in force ({Time()})");
        Detail($"bound: {string.Join(", ", Pact.MembersBound)}; no training run above 1e26 FLOP");
        var breach = new DateOnly(2026, 3, 20);
        foreach (var horizon in rest.Where(h => h.Released <= breach))
        {
            await MeasureAsync(horizon);
        }

        await BreakAsync(breach);
        foreach (var horizon in rest.Where(h => h.Released > breach))
        {
            await MeasureAsync(horizon);
        }

        await PassAsync(((Standing.InCure)Pact.Members[new PartyId("sample-cedar")].Standing).Until);
        Heading($"The cure period ends without a cure ({Time()})");
        foreach (var transition in Pact.History.Where(t => t.At.Time == clock.GetUtcNow()))
        {
            Detail(PactText.Of(transition.What));
        }

        Detail($"still bound: {string.Join(", ", Pact.MembersBound)}");
        await PassAsync(clock.GetUtcNow().AddDays(1));
    }

    private async Task BreakAsync(DateOnly day)
    {
        await PassAsync(Noon(day));
        Heading($"One lab breaks it ({Time()})");
        var run = await SayAsync("sample-cedar", "run-declared", new { run = "cedar-next", facility = "hall-1", purpose = "pretraining", plannedFlop = 3e26, starts = $"{day:yyyy-MM-dd}" });
        Step(run.Index, "sample-cedar declares a training run of 3e26 FLOP");
        var alleged = await SayAsync("sample-birch", "allegation", new { allegation = "cedar-next-run", pact = PactName, accused = "sample-cedar", text = $"Entry {run.Index} declares a run of 3e26 FLOP while the pact allows 1e26." });
        Step(alleged.Index, "sample-birch alleges a breach");
        await PassAsync(clock.GetUtcNow().AddDays(5));
        var ruled = await SayAsync("sample-inspector", "ruling", new { allegation = "cedar-next-run", decision = "upheld", text = "The declaration speaks for itself." });
        Step(ruled.Index, "the inspector upholds it");
        Detail(PactText.Of(Pact.Members[new PartyId("sample-cedar")]));
        foreach (var departure in Pact.WhatWouldChangeIt([]).Departures.Where(d => d.Leaver.Value == "sample-cedar"))
        {
            Detail("foretold: " + PactText.Of(departure));
        }
    }

    /// <summary>Time passes as it would: the operator ticks monthly, bound parties send heartbeats.</summary>
    private async Task PassAsync(DateTimeOffset to)
    {
        while (clock.GetUtcNow() < to)
        {
            var next = clock.GetUtcNow().AddDays(30);
            clock.MoveTo(next < to ? next : to);
            await node.Operator.TickAsync(CancellationToken.None);
            foreach (var member in World.Pacts.Values.SelectMany(p => p.MembersBound).Distinct())
            {
                await SayAsync(member.Value, "heartbeat", new { });
            }
        }
    }

    private Task<SubmissionAnswer> SayAsync(string party, string type, object body) => voices[party].SayAsync(Registry, type, body);

    private static DateTimeOffset Noon(DateOnly day) => new(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero);

    private static string Length(Minutes length) => length.Value switch
    {
        < 1 => (length.Value * 60).ToString("0.#", CultureInfo.InvariantCulture) + " s",
        < 90 => length.Value.ToString("0.#", CultureInfo.InvariantCulture) + " min",
        _ => length.Hours.ToString("0.#", CultureInfo.InvariantCulture) + " h",
    };

    private string Time() => $"{clock.GetUtcNow():yyyy-MM-dd}";

    private static void Heading(string text) => Output.Line($"\n{text}");

    private static void Step(long entry, string text) => Output.Line($"  entry {entry,4}  {text}");

    private static void Detail(string text) => Output.Line($"              → {text}");
}
