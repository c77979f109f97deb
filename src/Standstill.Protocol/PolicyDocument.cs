using System.Text.Json.Nodes;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Statements;

using static Standstill.Protocol.WorldDocument;

namespace Standstill.Protocol;

/// <summary>Triggers and pacts within the world document.</summary>
internal static class PolicyDocument
{
    public static JsonObject Trigger(TriggerRecord t) => new()
    {
        ["trigger"] = t.Id.Value,
        ["version"] = t.Trigger.Version,
        ["text"] = t.Trigger.ToString(),
        ["rationale"] = t.Rationale,
        ["proposer"] = t.Proposer.Value,
        ["proposed"] = At(t.Proposed),
        ["stage"] = Words.Of(t.Stage),
        ["stageSince"] = At(t.StageSince),
        ["votes"] = List(t.Votes, v => new JsonObject
        {
            ["constituency"] = v.Constituency,
            ["party"] = v.Party.Value,
            ["choice"] = Words.Of(v.Choice),
            ["entry"] = v.Entry.Value,
        }),
        ["levels"] = List(t.Levels, l => new JsonObject
        {
            ["level"] = Words.Of(l.Level),
            ["raw"] = Words.Of(l.Raw),
            ["effective"] = Words.Of(l.Effective),
            ["since"] = At(l.Since),
        }),
        ["sustained"] = List(t.Memory.Runs, r => new JsonObject
        {
            ["level"] = Words.Of(r.Key.Level),
            ["atom"] = r.Key.Atom,
            ["lab"] = r.Key.Lab?.Value,
            ["bankedSeconds"] = r.Value.Banked.TotalSeconds,
            ["metSince"] = r.Value.MetSince is { } since ? UtcTime.Format(since) : null,
        }),
        ["lastSettled"] = new JsonObject(t.Memory.Last.Select(l => KeyValuePair.Create(Words.Of(l.Key), (JsonNode?)JsonValue.Create(Words.Of(l.Value))))),
        ["nextChange"] = t.NextChange is { } next ? UtcTime.Format(next) : null,
    };

    /// <summary>A pact; one of version 2 has more members than one of version 1, whose document never changes.</summary>
    public static JsonObject Pact(Pact p) => p.Terms.Life is { } life ? PactLifeDocument.Extend(Core(p), p, life) : Core(p);

    private static JsonObject Core(Pact p) => new()
    {
        ["pact"] = p.Id.Value,
        ["title"] = p.Terms.Title,
        ["openedBy"] = p.OpenedBy.Value,
        ["scope"] = new JsonObject
        {
            ["text"] = p.Terms.Scope.Text,
            ["trainingFlopAbove"] = p.Terms.Scope.TrainingComputeAbove,
            ["allowed"] = Names(p.Terms.Scope.StaysAllowed),
        },
        ["trigger"] = p.Terms.Trigger.Value,
        ["noticeDays"] = p.Terms.Notice.TotalDays,
        ["cureDays"] = p.Terms.Cure.TotalDays,
        ["withdrawalDays"] = p.Terms.WithdrawalNotice.TotalDays,
        ["maximumDays"] = p.Terms.MaximumDuration?.TotalDays,
        ["stage"] = Stage(p.Stage),
        ["bound"] = Names(p.MembersBound),
        ["members"] = List(p.Members.Values, Member),
        ["allegations"] = List(p.Allegations.Values, Allegation),
        ["releaseAgreed"] = Names(p.ReleaseAgreed),
        ["circumstances"] = new JsonObject
        {
            ["pause"] = Words.Of(p.Circumstances.Pause),
            ["release"] = Words.Of(p.Circumstances.Release),
            ["flopPerSecond"] = new JsonObject(p.Circumstances.Facts.Shares.FlopPerSecond.Select(s => KeyValuePair.Create(s.Key.Value, (JsonNode?)JsonValue.Create(s.Value)))),
        },
        ["history"] = List(p.History, t => new JsonObject { ["at"] = At(t.At), ["what"] = PactText.Of(t.What) }),
    };

    private static JsonObject Stage(PactStage stage) => stage switch
    {
        PactStage.Open => Stage("open", stage, null),
        PactStage.Armed => Stage("armed", stage, null),
        PactStage.Preparing preparing => Stage("preparing", stage, preparing.Until),
        PactStage.Lifting lifting => Stage("lifting-" + Words.Of(lifting.How), stage, lifting.Until),
        PactStage.InNotice notice => Stage("in-notice", stage, notice.Until),
        PactStage.InForce force => Stage("in-force", stage, force.Until),
        PactStage.Released released => Stage("released-" + Words.Of(released.How), stage, null),
        _ => throw new InvalidOperationException("not a stage"),
    };

    private static JsonObject Stage(string name, PactStage stage, DateTimeOffset? until) =>
        new() { ["stage"] = name, ["since"] = At(stage.Since), ["until"] = until is { } u ? UtcTime.Format(u) : null };

    private static JsonObject Member(Member m) => new()
    {
        ["party"] = m.Commitment.Party.Value,
        ["condition"] = m.Commitment.Condition.ToString(),
        ["entry"] = m.Commitment.Entry.Value,
        ["standing"] = m.Standing switch
        {
            Standing.Waiting => "waiting",
            Standing.Bound => "bound",
            Standing.InCure => "in-cure",
            Standing.InBreach => "in-breach",
            Standing.Withdrawn => "withdrawn",
            Standing.Pledged => "pledged",
            Standing.Ready => "ready",
            Standing.Suspected => "suspected",
            Standing.DroppedOut => "dropped-out",
            Standing.Succeeded => "succeeded",
            Standing.Released => "released",
            Standing.Lapsed => "lapsed",
            _ => throw new InvalidOperationException("not a standing"),
        },
        ["since"] = At(m.Standing.Since),
        ["cureUntil"] = m.Standing is Standing.InCure cure ? UtcTime.Format(cure.Until) : null,
        ["leavesAt"] = m.LeavesAt is { } leaves ? UtcTime.Format(leaves) : null,
    };

    private static JsonObject Allegation(Allegation a) => new()
    {
        ["allegation"] = a.Id.Value,
        ["accuser"] = a.Accuser.Value,
        ["accused"] = a.Accused.Value,
        ["text"] = a.Text,
        ["at"] = At(a.At),
        ["state"] = PactText.Of(a.State),
    };
}
