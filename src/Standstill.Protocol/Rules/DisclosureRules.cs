using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Rules;

/// <summary>Who has opened what to whom.</summary>
internal static class DisclosureRules
{
    public static Effect Disclose(World world, Statement statement, DisclosureBody body, Moment at) =>
        body.To.FirstOrDefault(t => !world.Parties.ContainsKey(t)) is { Value: { } stranger }
            ? Effect.Refuse("body.to", $"`{stranger}` is not a party of this registry", "name enrolled parties")
            : Effect.Of(world with { Disclosures = world.Disclosures.Add(new DisclosureRecord(statement.Party, body, at)) });
}
