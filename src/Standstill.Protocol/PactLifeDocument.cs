using System.Text.Json.Nodes;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Terms;
using Standstill.Protocol.Statements;

using static Standstill.Protocol.WorldDocument;

namespace Standstill.Protocol;

/// <summary>What the world document says of a pact of version 2 beyond what it says of one of version 1.</summary>
internal static class PactLifeDocument
{
    public static JsonObject Extend(JsonObject document, Pact p, PactLife life)
    {
        document["life"] = Life(life);
        document["coalition"] = p.CoalitionHash?.Hex;
        document["calledAt"] = Time(p.CalledAt);
        document["lifting"] = p.Stage is PactStage.Lifting lifting
            ? new JsonObject { ["step"] = lifting.Step, ["degree"] = lifting.Degree, ["began"] = Time(lifting.Began) }
            : null;
        document["lives"] = List(p.Members.Values, Member);
        document["answering"] = List(p.Allegations.Values, a => new JsonObject { ["allegation"] = a.Id.Value, ["parties"] = Names(a.Answering) });
        document["extensions"] = new JsonObject(p.Extensions.Select(e => KeyValuePair.Create(e.Key.Value, (JsonNode?)JsonValue.Create(e.Value))));
        document["facts"] = Facts(p.Circumstances.Facts);
        return document;
    }

    private static JsonObject Life(PactLife life) => new()
    {
        ["preparationDays"] = life.Preparation.TotalDays,
        ["rulingDays"] = life.Rulings.TotalDays,
        ["silenceDays"] = life.Silence?.TotalDays,
        ["owed"] = List(life.Owed, d => new JsonObject { ["kind"] = Words.Of(d.Kind), ["everyDays"] = d.Every.TotalDays }),
        ["blackoutDays"] = life.Blackout.TotalDays,
        ["probationDays"] = life.Probation.TotalDays,
        ["reviewDays"] = life.Review?.TotalDays,
        ["lifting"] = List(life.Lifting, l => new JsonObject { ["degree"] = l.Degree, ["afterDays"] = l.After.TotalDays }),
        ["releaseByTrigger"] = life.Release.ByTrigger,
        ["releaseByPercent"] = life.Release.MembersPercent,
        ["nested"] = Names(life.Nested),
        ["seal"] = life.Seal is { } seal
            ? new JsonObject { ["trustees"] = Names(seal.Trustees), ["threshold"] = seal.Threshold, ["coarseCount"] = seal.CoarseCount }
            : null,
    };

    private static JsonObject Member(Member m)
    {
        JsonObject member = Told(m);
        if (m.ConfirmedInVain)
        {
            member["confirmedInVain"] = true;
        }

        return member;
    }

    private static JsonObject Told(Member m) => new()
    {
        ["party"] = m.Commitment.Party.Value,
        ["steps"] = List(m.Commitment.Steps, s => new JsonObject { ["degree"] = s.Degree, ["condition"] = s.Condition.ToString() }),
        ["degree"] = m.Degree,
        ["probationUntil"] = Time(m.ProbationUntil),
        ["suspectedUntil"] = Time(m.SuspectedUntil),
        ["owing"] = List(m.Owing, k => JsonValue.Create(Words.Of(k))),
        ["shown"] = new JsonObject(m.Shown.Select(s => KeyValuePair.Create(Words.Of(s.Key), (JsonNode?)JsonValue.Create(UtcTime.Format(s.Value))))),
        ["succeededBy"] = m.Standing is Standing.Succeeded succeeded ? Names(succeeded.By) : null,
    };

    private static JsonObject Facts(PartyFacts facts) => new()
    {
        ["outsideFlopPerSecond"] = facts.OutsideFlopPerSecond,
        ["world"] = new JsonObject(facts.World.Select(w => KeyValuePair.Create(
            w.Key,
            (JsonNode?)new JsonObject { ["low"] = w.Value.Low, ["middle"] = w.Value.Middle, ["high"] = w.Value.High }))),
        ["jurisdictions"] = new JsonObject(facts.Jurisdictions.Select(j => KeyValuePair.Create(j.Key.Value, (JsonNode?)JsonValue.Create(j.Value)))),
        ["assurance"] = new JsonObject(facts.Assurance.Select(a => KeyValuePair.Create(a.Key.Value, (JsonNode?)JsonValue.Create(a.Value)))),
        ["onProbation"] = Names(facts.OnProbation),
        ["successors"] = new JsonObject(facts.Successors.Select(s => KeyValuePair.Create(s.Key.Value, (JsonNode?)Names(s.Value)))),
        ["nested"] = new JsonObject(facts.Nested.Select(n => KeyValuePair.Create(n.Key.Value, (JsonNode?)Names(n.Value)))),
    };

    private static string? Time(DateTimeOffset? time) => time is { } t ? UtcTime.Format(t) : null;
}
