using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Standstill.Cli.Commands.Pacts;
using Standstill.Node;
using Standstill.Protocol;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Cli.Demo;

/// <summary>
/// A world file as a registry of invented parties on a real node: every event of its story is a signed statement, sent over HTTP,
/// so that the pages show the world, and an audit can check it.
/// </summary>
internal sealed class WorldStory : IDisposable
{
    /// <summary>The pact's name in the registry.</summary>
    public const string PactName = "sample-world";

    private const string Inspector = "sample-gorse-inspector";
    private const string Panel = "sample-panel";
    private const double H100 = 9.89e14; // dense bf16 FLOP/s, NVIDIA H100 SXM data sheet

    private readonly StandstillNode node;
    private readonly StoryClock clock;
    private readonly PactWorld world;
    private readonly HttpClient http;
    private readonly Dictionary<string, Voice> voices = new(StringComparer.Ordinal);
    private readonly SealedStory secrets;
    private int models;

    public WorldStory(StandstillNode node, StoryClock clock, PactWorld world)
    {
        (this.node, this.clock, this.world) = (node, clock, world);
        http = new HttpClient { BaseAddress = node.Address };
        secrets = new SealedStory(world, PactName, party => voices[party.Value].Key("role"));
    }

    private Digest Registry => node.Current.World.Registry!.Value;

    private Pact Pact => node.Current.World.Pacts[new PactId(PactName)];

    /// <summary>The charter of a registry for one world.</summary>
    public static JsonObject Charter(PactWorld world)
    {
        var charter = SampleRegistry.Charter();
        charter["name"] = $"Sample world: {world.Terms!.Title}";
        charter["purpose"] = world.About ?? "A world to play with. Every party here is invented, and nothing here binds anybody.";
        charter["constituencies"] = new JsonArray(new JsonObject { ["name"] = "panel", ["seats"] = 1, ["quorum"] = 1 });
        return charter;
    }

    /// <summary>Says everything; refusals of the rules are told and the story goes on.</summary>
    public async Task TellAsync()
    {
        await EnrolAsync();
        await AccountAsync();
        await AdoptAsync();
        await SayAsync(world.Question.Registered[0].Value, "pact-opened-v2", new { pact = PactName, text = PactTermsText.Format(world.Terms!) });
        await secrets.SealAsync(node, SayAsync);
        var start = clock.GetUtcNow();
        var story = world.Story.Any(e => e.Deed == PactDeed.Commit)
            ? world.Story
            : [.. world.Commitments.Select(c => PactEvent.Committing(c)), .. world.Story];
        foreach (var happening in story)
        {
            clock.MoveTo(start.AddDays(happening.Day));
            var known = Pact.History.Count;
            var refused = await PlayAsync(happening);
            Output.Line($"{SimulateCommand.Heading(happening)} (entry {node.Current.World.Size - 1})");
            foreach (var change in Pact.History.Skip(known))
            {
                Output.Line($"    {PactText.Of(change.What)}");
            }

            if (happening.Deed == PactDeed.Trial && Pact.History.Count == known)
            {
                Output.Line("    Nothing is opened: with all that is sealed there would be no coalition that needs it.");
            }

            if (refused is not null)
            {
                Output.Line($"    refused: {refused}");
            }
        }
    }

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
        foreach (var party in world.Question.Registered)
        {
            await EnrolAsync(party.Value, party.Value.Contains("cloud", StringComparison.Ordinal) ? "cloud" : "lab", world.Question.Coalition.Facts.Jurisdictions.GetValueOrDefault(party));
        }

        await EnrolAsync(Inspector, "inspector", null);
        await EnrolAsync(Panel, "panel-member", null, "panel");
        await EnrolAsync(Evaluator("horizons"), "evaluator", null);
        foreach (var source in world.Question.Coalition.Facts.World.Keys)
        {
            await EnrolAsync(Evaluator(source), "evaluator", null);
        }

        foreach (var trustee in world.Terms!.Life?.Seal?.Trustees ?? [])
        {
            if (!voices.ContainsKey(trustee.Value))
            {
                await EnrolAsync(trustee.Value, "evaluator", null);
            }
        }
    }

    private async Task EnrolAsync(string id, string kind, string? jurisdiction, string? constituency = null)
    {
        var voice = voices[id] = new Voice(new PartyId(id), http, clock);
        await voice.EnrolAsync(Registry, new { name = $"{id} (invented)", kind, jurisdiction, constituency }, async party =>
        {
            if (node.Current.World.Parties[party].Accredited is null)
            {
                await node.Operator.AccreditAsync(party, "invented for the demonstration", CancellationToken.None);
            }
        });
    }

    private async Task AccountAsync()
    {
        var facts = world.Question.Coalition.Facts;
        foreach (var (party, flop) in facts.Shares.FlopPerSecond)
        {
            await SayAsync(party.Value, "facility", new { facility = "hall-1", title = "Hall 1", jurisdiction = facts.Jurisdictions.GetValueOrDefault(party) ?? "invented", powerMegawatts = Math.Ceiling(flop / H100 / 500) });
            await CountAsync(party, flop);
        }

        foreach (var (party, percent) in facts.Assurance)
        {
            await AssessAsync(party, percent);
        }

        foreach (var (source, estimate) in facts.World)
        {
            await SayAsync(Evaluator(source), "world-compute-estimated", new { low = estimate.Low, middle = estimate.Middle, high = estimate.High, effective = Today, citation = "invented", method = "invented for the demonstration" });
        }
    }

    private async Task AdoptAsync()
    {
        var trigger = world.Terms!.Trigger.Value;
        var text = "trigger \"Sample trigger\" version 1\n  pause   when frontier horizon(50%) > 8 h with confidence 80%\n  release when panel votes release\n"
            + "  evidence from at least 1 independent evaluator, none older than 3000 days\n  undetermined holds the last verdict\n";
        await SayAsync(Panel, "trigger-proposed", new { trigger, text, rationale = "sample" });
        await SayAsync(Panel, "trigger-voted", new { trigger, version = 1, choice = "adopt" });
        await SayAsync(Panel, "trigger-adopted", new { trigger, version = 1 });
    }

    private string Today => clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private Task<string?> CountAsync(PartyId party, double flop) => SayAsync(party.Value, "inventory", new
    {
        facility = "hall-1",
        counted = Today,
        accelerators = new[] { new { accelerator = "H100 SXM", count = (long)Math.Round(flop / H100), peakFlopPerSecond = H100 } },
    });

    private Task<string?> AssessAsync(PartyId party, int percent) => SayAsync(Inspector, "assurance-assessed", new
    {
        party = party.Value,
        percent,
        diversionFlop = 1e25,
        withinDays = 30,
        effective = Today,
        validDays = 3650,
        method = "invented for the demonstration",
    });

    private Task<string?> PlayAsync(PactEvent e) => e.Deed switch
    {
        PactDeed.Commit => SayAsync(e.Party!.Value.Value, "commitment-v2", new { pact = PactName, text = PactPlay.CommitmentOf(world, e).ToString() }),
        PactDeed.Ready => SayAsync(e.Party!.Value.Value, "readiness", new { pact = PactName, coalition = (node.Current.World.AsOf(clock.GetUtcNow()).Pacts[new PactId(PactName)].CoalitionHash ?? Digest.Of([])).Hex }),
        PactDeed.Withdraw => SayAsync(e.Party!.Value.Value, "withdrawal", new { pact = PactName, reason = e.Text ?? "sample" }),
        PactDeed.Discharge when e.Duty == DutyKind.Heartbeat => SayAsync(e.Party!.Value.Value, "heartbeat", new { note = "sample" }),
        PactDeed.Discharge => SayAsync(e.Duty == DutyKind.Inspection ? Inspector : e.Party!.Value.Value, "duty-discharged", new { pact = PactName, member = e.Party!.Value.Value, duty = Protocol.Statements.Words.Of(e.Duty), evidence = new[] { new { sha256 = Digest.Of("sample"u8).Hex } } }),
        PactDeed.Allege => SayAsync(e.Party!.Value.Value, "allegation", new { pact = PactName, accused = e.Against!.Value.Value, allegation = e.Text ?? "allegation", text = "sample" }),
        PactDeed.Rule => SayAsync(Inspector, "ruling", new { allegation = e.Text ?? "allegation", decision = Protocol.Statements.Words.Of(e.Ruling), text = "sample" }),
        PactDeed.Release => SayAsync(e.Party!.Value.Value, "release", new { pact = PactName, reason = e.Text ?? "sample" }),
        PactDeed.Extend => SayAsync(e.Party!.Value.Value, "extension", new { pact = PactName, days = (int)e.Figure!.Value, reason = e.Text ?? "sample" }),
        PactDeed.HandOver => SayAsync(e.Party!.Value.Value, "hand-over", new { what = "weights", to = "an outsider", text = e.Text ?? "sample" }),
        PactDeed.Succeed => SucceedAsync(e),
        PactDeed.Compute => CountAsync(e.Party!.Value, e.Figure!.Value),
        PactDeed.Assure => AssessAsync(e.Party!.Value, (int)e.Figure!.Value),
        PactDeed.Trigger when e.Figure == 1 => SayAsync(Evaluator("horizons"), "capability-result", new
        {
            source = "sample-source",
            citation = "invented",
            model = $"Sample model {++models}",
            released = Today,
            p50Minutes = 720,
            p50Low = 600,
            p50High = 900,
            censoring = "none",
        }),
        PactDeed.TriggerRelease when e.Figure == 1 => SayAsync(Panel, "trigger-voted", new { trigger = world.Terms!.Trigger.Value, version = 1, choice = "release" }),
        PactDeed.Trial => secrets.TryAsync(node, clock.GetUtcNow(), SayAsync),
        _ => SayAsync(Inspector, "heartbeat", new { note = "time passes" }),
    };

    private async Task<string?> SucceedAsync(PactEvent e)
    {
        var party = e.Party!.Value.Value;
        var refused = await voices[party].TrySayAsync(Registry, "root", "succession", new
        {
            kind = e.Successors.Count == 1 ? "merger" : "split",
            successors = e.Successors.Select(s => new { party = s.Value }),
            text = e.Text ?? "sample",
        });
        foreach (var successor in e.Successors)
        {
            refused ??= await voices[successor.Value].TrySayAsync(Registry, "root", "succession-accepted", new { predecessor = party });
        }

        return refused;
    }

    private static string Evaluator(string source) => $"{source}-evaluator";

    /// <summary>Says something; the answer is why it was refused, or null.</summary>
    private Task<string?> SayAsync(string party, string type, object body) => voices[party].TrySayAsync(Registry, "role", type, body);
}
