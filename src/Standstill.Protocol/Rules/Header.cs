using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Rules;

/// <summary>Whether a statement is one that its key may make here and next, whatever it says.</summary>
internal static class Header
{
    public static Outcome.Void? Check(World world, Statement statement, int entryBytes)
    {
        var limits = world.Charter!.Limits;
        if (entryBytes > limits.EntryBytes)
        {
            return Void(VoidReason.TooLarge, "entry", $"{entryBytes} bytes", $"keep an entry within {limits.EntryBytes} bytes, as the charter says");
        }

        if (statement.Issued > world.Now + limits.ClockSkew)
        {
            return Void(VoidReason.IssuedInTheFuture, "predicate.issued", $"`{UtcTime.Format(statement.Issued)}` lies after the time of receipt, `{UtcTime.Format(world.Now)}`", "set the clock and sign again");
        }

        if (statement.Registry != world.Registry)
        {
            return Void(VoidReason.WrongRegistry, "predicate.registry", $"`{statement.Registry?.Hex ?? "missing"}` is not this registry", $"name `{world.Registry}`");
        }

        if (statement.Body is CharterBody)
        {
            return Void(VoidReason.Charter, "predicateType", "a registry has one charter, its entry 0", "found another registry");
        }

        if (statement.Body is PartyEnrolledBody)
        {
            return statement.Sequence == 0
                ? null
                : Void(VoidReason.BrokenChain, "predicate.sequence", "an enrolment is its root key's first statement", "send it at sequence 0");
        }

        if (!world.Keys.TryGetValue(statement.Key, out var key))
        {
            return Void(VoidReason.UnknownKey, "predicate.key", $"`{statement.Key}` is not enrolled", "enrol the party, or the key under its root key");
        }

        if (key.Revoked is { } revoked)
        {
            return Void(VoidReason.KeyRevoked, "predicate.key", $"`{statement.Key}` was revoked at entry {revoked.Entry}", "sign with a key that is good");
        }

        if (key.Party != statement.Party)
        {
            return Void(VoidReason.WrongParty, "predicate.party", $"the key belongs to `{key.Party}`", "name the party whose key it is");
        }

        if (statement.Sequence != key.Next.Sequence || statement.Previous != key.Next.Previous)
        {
            return Void(VoidReason.BrokenChain, "predicate.sequence", $"{statement.Sequence} after `{statement.Previous?.Hex ?? "nothing"}` is not this key's next statement", $"sign sequence {key.Next.Sequence} after `{key.Next.Previous?.Hex ?? "nothing"}`");
        }

        return statement.Type is { } type ? CheckPermission(world.Parties[key.Party], key, type) : null;
    }

    private static Outcome.Void? CheckPermission(Party party, KeyRecord key, PredicateType type)
    {
        if (!key.Roles.Contains(type.Role))
        {
            return Void(VoidReason.NotPermitted, "predicate.key", $"the key has no role `{Words.Of(type.Role)}`, which `{type.Name}` asks for", "sign with a key that has the role");
        }

        if (!type.Kinds.IsEmpty && !type.Kinds.Contains(party.Kind))
        {
            return Void(VoidReason.NotPermitted, "predicate.party", $"a party of kind `{Words.Of(party.Kind)}` does not say `{type.Name}`", "it is for " + string.Join(", ", type.Kinds.Select(k => $"`{Words.Of(k)}`")));
        }

        var managesItself = type.Name is "role-key" or "key-rotated" or "key-revoked";
        return managesItself || party.Accredited is not null
            ? null
            : Void(VoidReason.NotAccredited, "predicate.party", $"`{party.Id}` is enrolled but not accredited", "wait for the operator's accreditation");
    }

    private static Outcome.Void Void(VoidReason reason, string place, string message, string remedy) => new(reason, [new Fault(place, message, remedy)]);
}
