using Standstill.Protocol.Pacts.Terms;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Rules;

/// <summary>The charter, parties and keys.</summary>
internal static class RegistryRules
{
    public static Effect Found(World world, Statement statement)
    {
        if (world.Size != 0 || statement.Body is not CharterBody charter || statement.Sequence != 0 || statement.Registry is not null)
        {
            return Effect.Refuse("entry 0", "not a charter", "begin the registry with a charter");
        }

        var at = new Moment(world.Now, new EntryIndex(0));
        var founder = new Party(statement.Party, charter.OperatorName, PartyKind.Operator, null, null, statement.Key, at, at, at, null, null);
        return Effect.Of(world with
        {
            Registry = statement.Id,
            Charter = charter,
            Parties = world.Parties.Add(founder.Id, founder),
            Keys = world.Keys.Add(statement.Key, new KeyRecord(founder.Id, [Role.Root], at, null, ChainPosition.First)),
        });
    }

    public static Effect Enrol(World world, Statement statement, PartyEnrolledBody body, Moment at)
    {
        if (world.Parties.ContainsKey(statement.Party))
        {
            return Effect.Refuse("predicate.party", $"`{statement.Party}` is taken", "choose another name");
        }

        if (world.Keys.ContainsKey(statement.Key))
        {
            return Effect.Refuse("predicate.key", $"`{statement.Key}` is enrolled already", "use a fresh key");
        }

        var admission = world.Charter!.Admissions.FirstOrDefault(a => a.Kind == body.Kind);
        if (admission is null && PartyEnrolledBody.LaterKinds.Contains(body.Kind))
        {
            admission = new Admission(body.Kind, AdmissionRule.Operator);
        }

        if (admission is null)
        {
            return Effect.Refuse("body.kind", $"the charter admits no party of kind `{Words.Of(body.Kind)}`", "see its `admission`");
        }

        if (body.Constituency is { } constituency && world.Charter.Constituencies.All(c => c.Name != constituency))
        {
            return Effect.Refuse("body.constituency", $"`{constituency}` is not a constituency of the charter", "use one of " + string.Join(", ", world.Charter.Constituencies.Select(c => $"`{c.Name}`")));
        }

        if (admission.Rule == AdmissionRule.Open && body.Constituency is not null && SeatsTaken(world, body.Constituency) >= Seats(world, body.Constituency))
        {
            return Effect.Refuse("body.constituency", "every seat is taken", "wait for one to fall free");
        }

        var party = new Party(
            statement.Party, body.Name, body.Kind, body.Jurisdiction, body.Constituency, statement.Key, at,
            admission.Rule == AdmissionRule.Open ? at : null, at, null, null);
        var next = world with
        {
            Parties = world.Parties.Add(party.Id, party),
            Keys = world.Keys.Add(statement.Key, new KeyRecord(party.Id, [Role.Root], at, null, ChainPosition.First)),
        };
        return Effect.Of(party is { Accredited: not null, Jurisdiction: not null } ? next.Located(party) : next);
    }

    public static Effect Accredit(World world, AccreditationBody body, Moment at)
    {
        if (!world.Parties.TryGetValue(body.Party, out var party))
        {
            return Effect.Refuse("body.party", $"`{body.Party}` is not enrolled", "it enrols itself first");
        }

        if (party.Kind == PartyKind.Operator)
        {
            return Effect.Refuse("body.party", "the operator is named by the charter", "found another registry to change it");
        }

        if (body.Accredited == (party.Accredited is not null))
        {
            return Effect.Refuse("body.accredited", $"`{body.Party}` is {(body.Accredited ? "accredited already" : "not accredited")}", "nothing is to be done");
        }

        return body.Accredited && party.Constituency is { } constituency && SeatsTaken(world, constituency) >= Seats(world, constituency)
            ? Effect.Refuse("body.party", $"every seat of `{constituency}` is taken", "take another accreditation back first")
            : Effect.Of((world with { Parties = world.Parties.SetItem(party.Id, party with { Accredited = body.Accredited ? at : null }) }).Reckoned());
    }

    public static Effect AddKey(World world, Statement statement, RoleKeyBody body, Moment at) =>
        RefuseNewKey(world, statement, body.Key, body.Proof)
        ?? Effect.Of(world with { Keys = world.Keys.Add(body.Key, new KeyRecord(statement.Party, body.Roles, at, null, ChainPosition.First)) });

    public static Effect RotateKey(World world, Statement statement, KeyRotatedBody body, Moment at)
    {
        if (!world.Keys.TryGetValue(body.Replaces, out var old) || old.Party != statement.Party || old.Revoked is not null)
        {
            return Effect.Refuse("body.replaces", $"`{body.Replaces}` is not a good key of `{statement.Party}`", "name one of the party's keys");
        }

        if (RefuseNewKey(world, statement, body.Key, body.Proof) is { } refused)
        {
            return refused;
        }

        var party = world.Parties[statement.Party];
        return Effect.Of(world with
        {
            Keys = world.Keys
                .SetItem(body.Replaces, old with { Revoked = at })
                .Add(body.Key, new KeyRecord(party.Id, old.Roles, at, null, ChainPosition.First)),
            Parties = party.RootKey == body.Replaces ? world.Parties.SetItem(party.Id, party with { RootKey = body.Key }) : world.Parties,
        });
    }

    public static Effect RevokeKey(World world, Statement statement, KeyRevokedBody body, Moment at)
    {
        if (!world.Keys.TryGetValue(body.Key, out var key) || key.Party != statement.Party || key.Revoked is not null)
        {
            return Effect.Refuse("body.key", $"`{body.Key}` is not a good key of `{statement.Party}`", "name one of the party's keys");
        }

        return key.Roles.Contains(Role.Root)
            ? Effect.Refuse("body.key", "a root key is not revoked by itself: nobody could act for the party again", "rotate it")
            : Effect.Of(world with { Keys = world.Keys.SetItem(body.Key, key with { Revoked = at }) });
    }

    public static Effect Heartbeat(World world, Statement statement, Moment at) => Effect.Of(PactRules.Discharged(
        world with { Parties = world.Parties.SetItem(statement.Party, world.Parties[statement.Party] with { LastHeartbeat = at }) },
        statement.Party,
        DutyKind.Heartbeat,
        at));

    private static Effect? RefuseNewKey(World world, Statement statement, PartyKey key, string proof) =>
        world.Keys.ContainsKey(key) ? Effect.Refuse("body.key", $"`{key}` is enrolled already", "use a fresh key")
        : KeyProof.IsGood(world.Registry!.Value, statement.Party, key, proof) ? null
        : Effect.Refuse("body.proof", "not the new key's signature over the key proof text", "make it with `standstill keygen FILE --party PARTY --registry REGISTRY`");

    private static int SeatsTaken(World world, string constituency) =>
        world.Parties.Values.Count(p => p.Constituency == constituency && p.Accredited is not null);

    private static int Seats(World world, string constituency) =>
        world.Charter!.Constituencies.First(c => c.Name == constituency).Seats;
}
