using System.Collections.Immutable;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Terms;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Rules;

/// <summary>Pacts, commitments, allegations and rulings: who may say them; what they do is the pact's own business.</summary>
internal static class PactRules
{
    public static Effect Open(World world, Statement statement, PactOpenedBody body, Moment at)
    {
        if (world.Pacts.ContainsKey(body.Pact))
        {
            return Effect.Refuse("body.pact", $"`{body.Pact}` is taken", "choose another name");
        }

        return world.Triggers.Keys.Any(t => t.Id == body.Terms.Trigger)
            ? Effect.Of(world with { Pacts = world.Pacts.Add(body.Pact, Pact.Open(body.Pact, body.Terms, statement.Party, at)) })
            : Effect.Refuse("body.trigger", $"nobody has proposed a trigger `{body.Terms.Trigger}`", "propose it first");
    }

    public static Effect Commit(World world, Statement statement, CommitmentBody body, Moment at)
    {
        if (body.Condition.Parties.Where(p => !world.Parties.ContainsKey(p)).ToArray() is [var stranger, ..])
        {
            return Effect.Refuse("body.condition", $"`{stranger}` is not a party of this registry", "name enrolled parties");
        }

        return Operate(world, body.Pact, pact => pact.Commit(statement.Party, body.Condition, at));
    }

    public static Effect Open(World world, Statement statement, PactOpenedV2Body body, Moment at)
    {
        var life = body.Terms.Life!;
        if (life.Nested.FirstOrDefault(p => !world.Pacts.ContainsKey(p)) is { Value: { } unknown })
        {
            return Effect.Refuse("body.text", $"there is no pact `{unknown}` to count as a party", "a pact counts only older ones; open it first");
        }

        return life.Seal?.Trustees.FirstOrDefault(t => !world.Parties.ContainsKey(t)) is { Value: { } stranger }
            ? Effect.Refuse("body.text", $"the trustee `{stranger}` is not a party of this registry", "name enrolled parties")
            : Open(world, statement, new PactOpenedBody(body.Pact, body.Terms), at);
    }

    public static Effect Commit(World world, Statement statement, CommitmentV2Body body, Moment at)
    {
        if (!world.Pacts.TryGetValue(body.Pact, out var pact) || pact.Terms.Life is null)
        {
            return Effect.Refuse("body.pact", $"there is no pact `{body.Pact}` of version 2", "open it first; a pact of version 1 takes `commitment`");
        }

        return RefuseNames(world, pact, body.Commitment.Steps) ?? Operate(world, body.Pact, p => p.Commit(statement.Party, body.Commitment.Steps, at));
    }

    /// <summary>Why the names in a commitment of version 2 mean nothing here; null where they all do.</summary>
    public static Effect? RefuseNames(World world, Pact pact, ImmutableArray<CommitmentStep> steps)
    {
        if (steps.SelectMany(s => s.Condition.Parties).FirstOrDefault(p => !world.Parties.ContainsKey(p)) is { Value: { } stranger })
        {
            return Effect.Refuse("body.text", $"`{stranger}` is not a party of this registry", "name enrolled parties");
        }

        var counted = pact.Terms.Life!.Nested;
        return steps.SelectMany(s => s.Condition.Pacts).FirstOrDefault(p => !counted.Contains(p)) is { Value: { } other }
            ? Effect.Refuse("body.text", $"`{pact.Id}` does not count the pact `{other}` as a party", $"name one that its terms count{(counted.IsEmpty ? "; they count none" : ": " + string.Join(", ", counted))}")
            : null;
    }

    public static Effect Ready(World world, Statement statement, ReadinessBody body, Moment at) =>
        Operate(world, body.Pact, pact => pact.Ready(statement.Party, body.Coalition, at));

    public static Effect Extend(World world, Statement statement, ExtensionBody body, Moment at) =>
        Operate(world, body.Pact, pact => pact.Extend(statement.Party, body.Days, at));

    public static Effect Discharge(World world, Statement statement, DutyDischargedBody body, Moment at)
    {
        var isInspection = body.Duty == DutyKind.Inspection;
        var isInspector = world.Parties[statement.Party].Kind == PartyKind.Inspector;
        if (isInspection != isInspector)
        {
            return Effect.Refuse("body.duty", isInspection ? "nobody reports an inspection of its own" : "a balance is the member's own", isInspection ? "leave it to an inspector" : "report an `inspection`");
        }

        return !isInspection && body.Member != statement.Party
            ? Effect.Refuse("body.member", $"`{statement.Party}` does not answer for `{body.Member}`", $"set it to `{statement.Party}`")
            : RefuseUnowed(world, body) ?? Effect.Of(world with { Pacts = world.Pacts.SetItem(body.Pact, world.Pacts[body.Pact].Discharge(body.Member, body.Duty, at)) });
    }

    private static Effect? RefuseUnowed(World world, DutyDischargedBody body) =>
        !world.Pacts.TryGetValue(body.Pact, out var pact) ? Effect.Refuse("body.pact", $"there is no pact `{body.Pact}`", "open it first")
        : pact.Terms.Life is not { } life || life.Owed.All(d => d.Kind != body.Duty) ? Effect.Refuse("body.duty", $"`{body.Pact}` asks for no {Words.Of(body.Duty)}", "nothing is to be done")
        : !pact.IsBound(body.Member) ? Effect.Refuse("body.member", $"`{body.Member}` is not bound and owes nothing", "send it once it is bound")
        : null;

    /// <summary>The world after a party has discharged a duty in every pact that asks it of the party.</summary>
    public static World Discharged(World world, PartyId party, DutyKind duty, Moment at)
    {
        foreach (var pact in world.Pacts.Values.Where(p => p.IsBound(party) && p.Terms.Life is { } life && life.Owed.Any(d => d.Kind == duty)))
        {
            world = world with { Pacts = world.Pacts.SetItem(pact.Id, pact.Discharge(party, duty, at)) };
        }

        return world;
    }

    public static Effect Withdraw(World world, Statement statement, WithdrawalBody body, Moment at) =>
        Operate(world, body.Pact, pact => pact.Withdraw(statement.Party, at));

    public static Effect Release(World world, Statement statement, ReleaseBody body, Moment at) =>
        Operate(world, body.Pact, pact => pact.ReleaseBy(statement.Party, at));

    public static Effect Allege(World world, Statement statement, AllegationBody body, Moment at)
    {
        if (world.Allegations.ContainsKey(body.Allegation))
        {
            return Effect.Refuse("body.allegation", $"`{body.Allegation}` is taken", "choose another name");
        }

        var effect = Operate(world, body.Pact, pact => pact.Allege(body.Allegation, statement.Party, body.Accused, body.Text, at));
        return effect.World is { } next ? Effect.Of(next with { Allegations = next.Allegations.Add(body.Allegation, body.Pact) }) : effect;
    }

    public static Effect Decide(World world, Statement statement, RulingBody body, Moment at)
    {
        if (!world.Allegations.TryGetValue(body.Allegation, out var pactId))
        {
            return Effect.Refuse("body.allegation", $"there is no allegation `{body.Allegation}`", "name one that is on record");
        }

        if (world.Pacts[pactId].Allegations[body.Allegation].Accuser == statement.Party)
        {
            return Effect.Refuse("predicate.party", "nobody rules on an allegation of its own", "leave it to another inspector");
        }

        // A hand-over is one allegation under every pact that binds its party, and one ruling settles it in all of them.
        var effect = Operate(world, pactId, pact => pact.Rule(body.Allegation, body.Decision, at));
        foreach (var other in world.Pacts.Values.Where(p => p.Id != pactId && p.Allegations.ContainsKey(body.Allegation)))
        {
            effect = effect.World is { } next && Operate(next, other.Id, pact => pact.Rule(body.Allegation, body.Decision, at)) is { World: not null } also ? also : effect;
        }

        return effect;
    }

    private static Effect Operate(World world, PactId id, Func<Pact, PactOutcome> operation)
    {
        if (!world.Pacts.TryGetValue(id, out var pact))
        {
            return Effect.Refuse("body.pact", $"there is no pact `{id}`", "open it first");
        }

        return operation(pact) switch
        {
            PactOutcome.Done done => Effect.Of(world with { Pacts = world.Pacts.SetItem(id, done.Pact) }),
            PactOutcome.Refused refused => Effect.Refuse("body", refused.Message, refused.Remedy),
            _ => throw new InvalidOperationException("not a kind of outcome"),
        };
    }
}
