using System.Text.Json;
using System.Text.Json.Nodes;
using Standstill.Protocol;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Node;

/// <summary>The operator's own statements: the charter and its role key at the beginning, then ticks.</summary>
/// <remarks>INVARIANT (founding): each step looks at the world first, so that a kill between any two of them is made good on
/// the next start.</remarks>
public sealed class OperatorVoice(DataDirectory data, Sequencer sequencer, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>The operator's party name.</summary>
    public static PartyId Party { get; } = new("operator");

    /// <summary>Puts charter and role key on the ledger unless they are there.</summary>
    /// <param name="charter">The body of a charter, without the `log` field, which is this log's own key.</param>
    /// <param name="log">The log's verifier key.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="InvalidDataException">The charter is not good, or the ledger was founded with other keys.</exception>
    public async Task FoundAsync(JsonObject charter, string log, CancellationToken cancellation)
    {
        if (sequencer.Current.World.Size == 0)
        {
            using var root = data.NewRootKey();
            var body = charter.DeepClone().AsObject();
            body["log"] = log;
            await SayAsync(root, PredicateType.FindName("charter")!, JsonSerializer.SerializeToElement(body), cancellation);
        }

        using var role = data.OperatorKey();
        if (!sequencer.Current.World.Keys.ContainsKey(role.PublicKey))
        {
            using var root = data.RootKey();
            var proof = KeyProof.Make(sequencer.Current.World.Registry!.Value, Party, role);
            var body = new { key = role.PublicKey.Text, roles = new[] { "operations", "governance" }, proof };
            await SayAsync(root, PredicateType.FindName("role-key")!, JsonSerializer.SerializeToElement(body), cancellation);
        }
    }

    /// <summary>Puts the present time on record.</summary>
    public async Task TickAsync(CancellationToken cancellation)
    {
        using var role = data.OperatorKey();
        await SayAsync(role, PredicateType.FindName("tick")!, JsonSerializer.SerializeToElement(new { }), cancellation);
    }

    /// <summary>Accredits an enrolled party.</summary>
    public async Task AccreditAsync(PartyId party, string reason, CancellationToken cancellation)
    {
        using var root = data.RootKey();
        var body = JsonSerializer.SerializeToElement(new { party = party.Value, accredited = true, reason });
        await SayAsync(root, PredicateType.FindName("accreditation")!, body, cancellation);
    }

    private async Task SayAsync(PartySigner signer, PredicateType type, JsonElement body, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            await SayInTurnAsync(signer, type, body, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task SayInTurnAsync(PartySigner signer, PredicateType type, JsonElement body, CancellationToken cancellation)
    {
        var world = sequencer.Current.World;
        var position = world.Keys.TryGetValue(signer.PublicKey, out var key) ? key.Next : ChainPosition.First;
        var written = StatementWriter.Write(type, world.Registry, Party, signer, position, clock.GetUtcNow(), body);
        if (!written.IsGood)
        {
            throw new InvalidDataException($"{type.Name}: {string.Join("; ", written.Faults)}");
        }

        switch (await sequencer.SubmitAsync(written.Value.Envelope, cancellation))
        {
            case Submission.Refused refused:
                throw new InvalidDataException($"{type.Name}: {string.Join("; ", refused.Why.Faults)}");
            case Submission.Unavailable unavailable:
                throw new IOException(unavailable.Why);
            default:
                return;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();
}
