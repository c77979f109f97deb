using Standstill.Protocol.Pacts;
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

        return world.Pacts[pactId].Allegations[body.Allegation].Accuser == statement.Party
            ? Effect.Refuse("predicate.party", "nobody rules on an allegation of its own", "leave it to another inspector")
            : Operate(world, pactId, pact => pact.Rule(body.Allegation, body.Decision, at));
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
