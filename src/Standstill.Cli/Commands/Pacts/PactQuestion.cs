using System.Collections.Immutable;
using System.CommandLine;
using Standstill.Protocol;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;

namespace Standstill.Cli.Commands.Pacts;

/// <summary>A coalition that is asked about, from a world file or a ledger.</summary>
/// <param name="Coalition">As it stands.</param>
/// <param name="Others">Who could sign and has not, in the order of names.</param>
/// <param name="Registered">Every party that is known.</param>
internal sealed record PactQuestion(Coalition Coalition, ImmutableArray<PartyId> Others, ImmutableSortedSet<PartyId> Registered)
{
    /// <summary>The arguments that name what is asked about.</summary>
    internal sealed record Source(Argument<string?> File, Option<string?> Ledger, Option<string?> Pact, Option<string?> Key)
    {
        public static Source Make() => new(
            new Argument<string?>("file") { Description = "A world file, see samples/pacts; `-` for standard input", Arity = ArgumentArity.ZeroOrOne },
            new Option<string?>("--ledger") { Description = "A pact of this ledger instead: an http address or a directory" },
            new Option<string?>("--pact") { Description = "With --ledger: which pact" },
            Inputs.LogKey());

        public void AddTo(Command command)
        {
            command.Add(File);
            command.Add(Ledger);
            command.Add(Pact);
            command.Add(Key);
        }

        public async Task<PactQuestion> ReadAsync(ParseResult parsed, CancellationToken cancellation) =>
            (parsed.GetValue(File), parsed.GetValue(Ledger)) switch
            {
                ({ } path, null) => PactWorld.Read(path).Question,
                (null, { } source) => Of(await Inputs.WorldAsync(source, parsed.GetValue(Key), null, null, cancellation), parsed.GetValue(Pact)),
                _ => throw new UsageException("give either a file, or --ledger with --pact"),
            };
    }

    /// <summary>A pact of a world.</summary>
    public static PactQuestion Of(World world, string? name)
    {
        var coalition = Find(world, name).Solve();
        return new PactQuestion(coalition, Uncommitted(coalition, Findings.Eligible(world)), [.. world.Parties.Keys]);
    }

    /// <summary>A pact by its name.</summary>
    public static Pact Find(World world, string? name) =>
        name is not null && Slug.IsGood(name) && world.Pacts.TryGetValue(new PactId(name), out var pact)
            ? pact
            : throw new UsageException($"--pact: `{name}` is not a pact of this ledger; it has {(world.Pacts.IsEmpty ? "none" : string.Join(", ", world.Pacts.Keys))}");

    /// <summary>Those of some parties that have no commitment that stands.</summary>
    public static ImmutableArray<PartyId> Uncommitted(Coalition coalition, IEnumerable<PartyId> parties) =>
        [.. parties.Except(coalition.Candidates.Select(c => c.Party)).Order()];
}
