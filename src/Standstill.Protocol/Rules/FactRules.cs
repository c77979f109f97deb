using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Rules;

/// <summary>What conditions rest on beside inventories: assurance, world compute, and evidence taken back.</summary>
internal static class FactRules
{
    public static Effect Assess(World world, Statement statement, AssuranceAssessedBody body, Moment at)
    {
        if (!world.Parties.ContainsKey(body.Party))
        {
            return Effect.Refuse("body.party", $"`{body.Party}` is not a party of this registry", "name an enrolled party");
        }

        if (body.Party == statement.Party)
        {
            return Effect.Refuse("body.party", "nobody vouches for itself", "leave it to another inspector");
        }

        return IsLater(body.Effective, at)
            ? Effect.Refuse("body.effective", "lies in the future", "send the judgement once it is made")
            : Effect.Of((world with { Assessments = world.Assessments.Add(new AssuranceRecord(statement.Party, body, at)) }).Refreshed());
    }

    public static Effect Estimate(World world, Statement statement, WorldComputeEstimatedBody body, Moment at) =>
        IsLater(body.Effective, at)
            ? Effect.Refuse("body.effective", "lies in the future", "send the estimate once it is made")
            : Effect.Of((world with { Estimates = world.Estimates.Add(new EstimateRecord(statement.Party, body, at)) }).Refreshed());

    /// <summary>Taken back is what the party itself has put on record: an assessment, an estimate, a horizon or an indicator. What was
    /// binding in the meantime stays so.</summary>
    public static Effect Revoke(World world, Statement statement, EvidenceRevokedBody body, Moment at)
    {
        if (world.RevokedEvidence.ContainsKey(body.Entry))
        {
            return Effect.Refuse("body.entry", $"entry {body.Entry} has been taken back already", "nothing is to be done");
        }

        var own = world.Assessments.Any(a => a.At.Entry == body.Entry && a.Assessor == statement.Party)
            || world.Estimates.Any(e => e.At.Entry == body.Entry && e.Estimator == statement.Party);
        var horizon = world.Horizons.Values.FirstOrDefault(h => h.Entry == body.Entry && h.Evaluator == statement.Party);
        var indicator = world.Indicators.Values.FirstOrDefault(i => i.Evidence.Entry == body.Entry && i.Evidence.Evaluator == statement.Party);
        if (!own && horizon is null && indicator is null)
        {
            return Effect.Refuse("body.entry", $"entry {body.Entry} is no evidence of `{statement.Party}` that counts", "name the entry of an assessment, an estimate, a result or a report of the party's own");
        }

        var next = world with { RevokedEvidence = world.RevokedEvidence.Add(body.Entry, at) };
        next = horizon is null ? next : EvidenceRules.Without(next, horizon, at);
        next = indicator is null ? next : EvidenceRules.Without(next, indicator);
        return Effect.Of(own ? next.Refreshed() : next);
    }

    private static bool IsLater(DateOnly day, Moment at) => day > DateOnly.FromDateTime(at.Time.UtcDateTime);
}
