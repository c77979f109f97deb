using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;
using Standstill.Protocol.Triggers;

namespace Standstill.Protocol.Rules;

/// <summary>Triggers: proposals, votes, adoption, retirement.</summary>
internal static class TriggerRules
{
    public static Effect Propose(World world, Statement statement, TriggerProposedBody body, Moment at)
    {
        var latest = world.Triggers.Values.Where(t => t.Id == body.Trigger).Select(t => t.Trigger.Version).DefaultIfEmpty(0).Max();
        if (body.Parsed.Version != latest + 1)
        {
            return Effect.Refuse("body.text", $"version {body.Parsed.Version} does not follow version {latest}", $"propose version {latest + 1}");
        }

        var record = new TriggerRecord(
            body.Trigger, body.Text, body.Parsed, body.Rationale, statement.Party, at, TriggerStage.Proposed, at, [], TriggerMemory.Empty, [], null);
        return Effect.Of(world with { Triggers = world.Triggers.Add((body.Trigger, body.Parsed.Version), record) });
    }

    public static Effect Vote(World world, Statement statement, TriggerVotedBody body, Moment at)
    {
        if (Find(world, body.Trigger, body.Version) is not { } record)
        {
            return NoSuchVersion(body.Trigger, body.Version);
        }

        var open = record.Stage switch
        {
            TriggerStage.Proposed => body.Choice is VoteChoice.Adopt or VoteChoice.Reject,
            TriggerStage.Adopted => body.Choice is not VoteChoice.Reject,
            _ => false,
        };
        if (!open)
        {
            return Effect.Refuse(
                "body.choice",
                $"`{Words.Of(body.Choice)}` is no choice on a version that is {Words.Of(record.Stage)}",
                "on a proposed one vote `adopt` or `reject`; on an adopted one `retire`, `release`, or `adopt` to take either back");
        }

        var vote = new PanelVote(world.Parties[statement.Party].Constituency!, statement.Party, body.Choice, at.Entry);
        return Effect.Of(With(world, record with { Votes = record.Votes.Add(vote) }));
    }

    public static Effect Adopt(World world, TriggerAdoptedBody body, Moment at)
    {
        if (Find(world, body.Trigger, body.Version) is not { Stage: TriggerStage.Proposed } record)
        {
            return NoSuchVersion(body.Trigger, body.Version);
        }

        var tally = Tally(world, record, VoteChoice.Adopt);
        if (!tally.Carries)
        {
            return Effect.Refuse("body.version", $"the panel has not adopted it: {tally}", "wait for the missing votes");
        }

        var superseded = world.Adopted(body.Trigger) is { } earlier
            ? With(world, earlier with { Stage = TriggerStage.Superseded, StageSince = at, NextChange = null })
            : world;
        return Effect.Of(With(superseded, record with { Stage = TriggerStage.Adopted, StageSince = at }));
    }

    public static Effect Retire(World world, TriggerRetiredBody body, Moment at)
    {
        if (Find(world, body.Trigger, body.Version) is not { Stage: TriggerStage.Adopted } record)
        {
            return NoSuchVersion(body.Trigger, body.Version);
        }

        var tally = Tally(world, record, VoteChoice.Retire);
        return tally.Carries
            ? Effect.Of(With(world, record with { Stage = TriggerStage.Retired, StageSince = at, NextChange = null, Levels = [] }))
            : Effect.Refuse("body.version", $"the panel has not retired it: {tally}", "wait for the missing votes");
    }

    /// <summary>Evaluates a trigger in a world, whatever its stage; the explanation names the entries used.</summary>
    public static TriggerEvaluation Evaluate(World world, TriggerRecord record, DateTimeOffset asOf) =>
        TriggerEvaluator.Evaluate(record.Trigger, world.Evidence, Tally(world, record, VoteChoice.Release).Carries, asOf, record.Memory);

    public static PanelTally Tally(World world, TriggerRecord record, VoteChoice choice) =>
        PanelTally.Of(world.Charter!.Constituencies, [.. record.Votes.Where(v => world.Parties[v.Party].Accredited is not null)], choice);

    private static World With(World world, TriggerRecord record) =>
        world with { Triggers = world.Triggers.SetItem((record.Id, record.Trigger.Version), record) };

    private static TriggerRecord? Find(World world, TriggerId id, int version) =>
        world.Triggers.TryGetValue((id, version), out var record) ? record : null;

    private static Effect NoSuchVersion(TriggerId id, int version) =>
        Effect.Refuse("body.version", $"`{id}` has no version {version} of which this can be said", "name a version in the right stage");
}
