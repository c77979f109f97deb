using System.Text.Json.Nodes;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

using static Standstill.Protocol.WorldDocument;

namespace Standstill.Protocol;

/// <summary>What pacts know of the parties, within the world document. A section stands there once a statement has filled it, so that the
/// document of a ledger without such statements is as it was.</summary>
internal static class ChangeDocument
{
    public static void Add(JsonObject document, World world)
    {
        Section(document, "assessments", world.Assessments, a => Assessment(a, new JsonObject
        {
            ["entry"] = a.At.Entry.Value,
            ["assessor"] = a.Assessor.Value,
            ["party"] = a.Body.Party.Value,
            ["percent"] = a.Body.Percent,
            ["diversionFlop"] = a.Body.DiversionFlop,
            ["withinDays"] = a.Body.WithinDays,
            ["effective"] = UtcTime.FormatDay(a.Body.Effective),
            ["expires"] = UtcTime.Format(a.Expires),
        }));
        Section(document, "estimates", world.Estimates, e => new JsonObject
        {
            ["entry"] = e.At.Entry.Value,
            ["estimator"] = e.Estimator.Value,
            ["low"] = e.Body.Estimate.Low,
            ["middle"] = e.Body.Estimate.Middle,
            ["high"] = e.Body.Estimate.High,
            ["effective"] = UtcTime.FormatDay(e.Body.Effective),
        });
        Section(document, "revokedEvidence", world.RevokedEvidence, r => new JsonObject { ["entry"] = r.Key.Value, ["at"] = At(r.Value) });
        Section(document, "rentals", world.Rentals, r => new JsonObject
        {
            ["lessor"] = r.Key.Lessor.Value,
            ["tenant"] = r.Key.Tenant.Value,
            ["byLessor"] = r.Value.ByLessor,
            ["byTenant"] = r.Value.ByTenant,
            ["since"] = At(r.Value.Since),
        });
        Section(document, "handOvers", world.HandOvers, h => new JsonObject
        {
            ["party"] = h.Party.Value,
            ["what"] = Words.Of(h.Body.What),
            ["to"] = h.Body.To,
            ["facility"] = h.Body.Facility?.Value,
            ["flopPerSecond"] = h.Body.FlopPerSecond,
            ["at"] = At(h.At),
        });
        Section(document, "successions", world.Successions, s => new JsonObject
        {
            ["party"] = s.Key.Value,
            ["kind"] = Words.Of(s.Value.Body.Kind),
            ["successors"] = Names(s.Value.Body.Successors),
            ["accepted"] = Names(s.Value.Accepted),
            ["at"] = At(s.Value.At),
        });
        Section(document, "unilateralPauses", world.UnilateralPauses, p => new JsonObject { ["party"] = p.Key.Value, ["since"] = At(p.Value) });
        Section(document, "trusteeKeys", world.TrusteeKeys, k => new JsonObject { ["party"] = k.Key.Value, ["key"] = k.Value.Key.Text, ["since"] = At(k.Value.Since) });
        Section(document, "sealed", world.Sealed, s => new JsonObject
        {
            ["entry"] = s.Key.Value,
            ["pact"] = s.Value.Commitment.Pact.Value,
            ["keyDigest"] = s.Value.Commitment.KeyDigest.Hex,
            ["relay"] = s.Value.Relay.Value,
            ["at"] = At(s.Value.At),
            ["opened"] = At(s.Value.Opened),
        });
        Section(document, "disclosures", world.Disclosures, d => new JsonObject
        {
            ["by"] = d.By.Value,
            ["sha256"] = d.Body.Value.Hex,
            ["tier"] = Words.Of(d.Body.Tier),
            ["to"] = Names(d.Body.To),
            ["at"] = At(d.At),
        });
    }

    internal static void Section<T>(JsonObject document, string name, IEnumerable<T> items, Func<T, JsonNode?> write)
    {
        var list = List(items, write);
        if (list.Count > 0)
        {
            document[name] = list;
        }
    }

    private static JsonObject Assessment(AssuranceRecord record, JsonObject document)
    {
        if (record.Body is AssuranceAssessedV2Body { Computed: { } computed })
        {
            document["computed"] = new JsonObject
            {
                ["entries"] = computed.Entries,
                ["seed"] = computed.Seed.Hex,
                ["draws"] = computed.Draws,
                ["library"] = computed.Library,
                ["weakest"] = computed.Weakest,
                ["medianDays"] = computed.MedianDays,
                ["falseAlarmsPerYear"] = computed.FalseAlarmsPerYear,
                ["undetectedFlop"] = computed.UndetectedFlop,
            };
        }

        return document;
    }
}
