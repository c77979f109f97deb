using System.Text.Json;
using System.Text.Json.Nodes;
using Standstill.Protocol.Json;
using Standstill.Protocol.Statements;

namespace Standstill.Protocol;

/// <summary>
/// The world as one JSON document. Its digest is the SHA-256 of the document's canonical form (RFC 8785), so that
/// anybody with a JSON canonicalizer can repeat it.
/// </summary>
public static class WorldDocument
{
    /// <summary>The digest of a world: two that agree hold the same.</summary>
    public static Digest DigestOf(World world) => Digest.Of(CanonicalJson.Write(JsonSerializer.SerializeToElement(Write(world))));

    /// <summary>The document.</summary>
    public static JsonObject Write(World world)
    {
        var document = First(world);
        ChangeDocument.Add(document, world);
        BalanceDocument.Add(document, world);
        return document;
    }

    private static JsonObject First(World world) => new()
    {
        ["format"] = "standstill-world/1",
        ["size"] = world.Size,
        ["voidEntries"] = world.VoidEntries,
        ["now"] = UtcTime.Format(world.Now),
        ["registry"] = world.Registry?.Hex,
        ["charter"] = world.Charter is { } charter ? Charter(charter) : null,
        ["lastTick"] = At(world.LastTick),
        ["parties"] = Map(world.Parties, p => p.Value, Party),
        ["keys"] = Map(world.Keys, k => k.Text, Key),
        ["facilities"] = List(world.Facilities.Values, Facility),
        ["runs"] = List(world.Runs.Values, Run),
        ["horizons"] = List(world.Horizons.Values, Horizon),
        ["indicators"] = List(world.Indicators.Values, Indicator),
        ["triggers"] = List(world.Triggers.Values, PolicyDocument.Trigger),
        ["pacts"] = List(world.Pacts.Values, PolicyDocument.Pact),
        ["allegations"] = Map(world.Allegations, a => a.Value, pact => JsonValue.Create(pact.Value)),
    };

    internal static JsonNode? At(Moment? moment) => moment is { } m ? At(m) : null;

    internal static JsonObject At(Moment moment) => new() { ["time"] = UtcTime.Format(moment.Time), ["entry"] = moment.Entry.Value };

    internal static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> write) => new([.. items.Select(write)]);

    internal static JsonArray Names<T>(IEnumerable<T> items) => List(items, i => JsonValue.Create(i!.ToString()));

    internal static JsonObject Map<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue>> map, Func<TKey, string> name, Func<TValue, JsonNode?> write) =>
        new(map.Select(p => KeyValuePair.Create(name(p.Key), write(p.Value))));

    private static JsonObject Charter(Statements.Bodies.CharterBody c) => new()
    {
        ["name"] = c.Name,
        ["purpose"] = c.Purpose,
        ["sample"] = c.Sample,
        ["operatorName"] = c.OperatorName,
        ["log"] = c.Log,
        ["witnesses"] = Names(c.Witnesses),
        ["admission"] = List(c.Admissions, a => new JsonObject { ["kind"] = Words.Of(a.Kind), ["rule"] = Words.Of(a.Rule) }),
        ["constituencies"] = List(c.Constituencies, k => new JsonObject { ["name"] = k.Name, ["seats"] = k.Seats, ["quorum"] = k.Quorum }),
        ["limits"] = new JsonObject
        {
            ["entryBytes"] = c.Limits.EntryBytes,
            ["tickSeconds"] = (long)c.Limits.TickInterval.TotalSeconds,
            ["clockSkewSeconds"] = (long)c.Limits.ClockSkew.TotalSeconds,
            ["heartbeatSeconds"] = (long)c.Limits.HeartbeatInterval.TotalSeconds,
        },
    };

    private static JsonObject Party(Party p) => new()
    {
        ["name"] = p.Name,
        ["kind"] = Words.Of(p.Kind),
        ["jurisdiction"] = p.Jurisdiction,
        ["constituency"] = p.Constituency,
        ["rootKey"] = p.RootKey.Text,
        ["enrolled"] = At(p.Enrolled),
        ["accredited"] = At(p.Accredited),
        ["lastHeard"] = At(p.LastHeard),
        ["lastHeartbeat"] = At(p.LastHeartbeat),
        ["source"] = p.Source,
    };

    private static JsonObject Key(KeyRecord k) => new()
    {
        ["party"] = k.Party.Value,
        ["roles"] = List(k.Roles, r => JsonValue.Create(Words.Of(r))),
        ["enrolled"] = At(k.Enrolled),
        ["revoked"] = At(k.Revoked),
        ["sequence"] = k.Next.Sequence,
        ["previous"] = k.Next.Previous?.Hex,
    };

    private static JsonObject Facility(Facility f) => new()
    {
        ["party"] = f.Party.Value,
        ["facility"] = f.Description.Facility.Value,
        ["title"] = f.Description.Title,
        ["jurisdiction"] = f.Description.Jurisdiction,
        ["powerMegawatts"] = f.Description.PowerMegawatts,
        ["locationCommitment"] = f.Description.Location?.Hex,
        ["since"] = At(f.Since),
        ["counted"] = At(f.Counted),
        ["flopPerSecond"] = f.FlopPerSecond,
        ["accelerators"] = f.Inventory is { } inventory
            ? List(inventory.Accelerators, a => new JsonObject
            {
                ["accelerator"] = a.Accelerator,
                ["count"] = a.Count,
                ["peakFlopPerSecond"] = a.PeakFlopPerSecond,
                ["serialsCommitment"] = a.Serials?.Hex,
            })
            : null,
    };

    private static JsonObject Run(TrainingRun r) => new()
    {
        ["party"] = r.Party.Value,
        ["run"] = r.Declaration.Run.Value,
        ["facility"] = r.Declaration.Facility.Value,
        ["purpose"] = Words.Of(r.Declaration.Purpose),
        ["plannedFlop"] = r.Declaration.PlannedFlop,
        ["starts"] = UtcTime.FormatDay(r.Declaration.Starts),
        ["declared"] = At(r.Declared),
        ["flopSoFar"] = r.FlopSoFar,
        ["updated"] = At(r.Updated),
        ["closed"] = At(r.Closed),
    };

    private static JsonObject Horizon(HorizonEvidence h)
    {
        var document = FirstVersion(h);
        if (h.Claim is { } claim)
        {
            EvidenceDocument.Add(document, h.Figure, claim);
        }

        return document;
    }

    private static JsonObject FirstVersion(HorizonEvidence h) => new()
    {
        ["entry"] = h.Entry.Value,
        ["evaluator"] = h.Evaluator.Value,
        ["source"] = h.Source,
        ["model"] = h.Figure.Model,
        ["released"] = UtcTime.FormatDay(h.Figure.Released),
        ["p50Minutes"] = h.Figure.P50.Value,
        ["p50Low"] = h.Figure.Limits95?.Low.Value,
        ["p50High"] = h.Figure.Limits95?.High.Value,
        ["p80Minutes"] = h.Figure.P80?.Value,
        ["censoring"] = Words.Of(h.Figure.Censoring),
        ["supportMinutes"] = h.Figure.Support?.Value,
    };

    private static JsonObject Indicator(IndicatorRecord i)
    {
        var document = FirstVersion(i);
        if (i.Report is Statements.Bodies.IndicatorReportV2Body second)
        {
            EvidenceDocument.Add(document, second);
        }

        return document;
    }

    private static JsonObject FirstVersion(IndicatorRecord i) => new()
    {
        ["entry"] = i.Evidence.Entry.Value,
        ["evaluator"] = i.Evidence.Evaluator.Value,
        ["source"] = i.Evidence.Source,
        ["lab"] = i.Evidence.Lab.Value,
        ["indicator"] = i.Evidence.Kind.Name,
        ["measured"] = UtcTime.FormatDay(i.Evidence.Measured),
        ["value"] = i.Report.Value,
        ["low"] = i.Report.Low,
        ["high"] = i.Report.High,
        ["censoring"] = Words.Of(i.Report.Censoring),
    };
}
