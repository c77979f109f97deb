using System.Collections.Immutable;
using System.Text;
using Standstill.Protocol.Statements;

namespace Standstill.Protocol;

/// <summary>What the ledger holds at one position: the time of receipt and the envelope exactly as it was sent.</summary>
/// <remarks>
/// <code>
/// standstill-entry/1 2026-11-24T02:30:05.123Z LF    44 bytes
/// envelope                                          the bytes that the party sent
/// </code>
/// </remarks>
public static class Entry
{
    /// <summary>Bytes of the line before the envelope.</summary>
    public const int HeaderBytes = 44;

    private const string Magic = "standstill-entry/1 ";

    /// <summary>The bytes of an entry.</summary>
    public static byte[] Write(DateTimeOffset received, ReadOnlySpan<byte> envelope) =>
        [.. Encoding.ASCII.GetBytes($"{Magic}{UtcTime.Format(received)}\n"), .. envelope];

    /// <summary>Takes an entry apart; false when the line before the envelope is not as it must be.</summary>
    public static bool TrySplit(ReadOnlyMemory<byte> entry, out DateTimeOffset received, out ReadOnlyMemory<byte> envelope)
    {
        received = default;
        envelope = default;
        if (entry.Length <= HeaderBytes)
        {
            return false;
        }

        var header = Encoding.Latin1.GetString(entry.Span[..HeaderBytes]);
        if (!header.StartsWith(Magic, StringComparison.Ordinal) || header[^1] != '\n' || !UtcTime.TryParse(header[Magic.Length..^1], out received))
        {
            return false;
        }

        envelope = entry[HeaderBytes..];
        return true;
    }
}

/// <summary>What an entry's bytes say by themselves, before anything is known of the registry.</summary>
/// <remarks>Signature checks are the costly part of the fold and need no world, so an audit reads entries on all cores
/// and folds the readings in order.</remarks>
/// <param name="Length">Bytes of the entry.</param>
/// <param name="Received">The time of receipt; null when the entry cannot be taken apart, or has not been sequenced.</param>
/// <param name="Statement">The statement, its signature checked; null when there is none to be had.</param>
/// <param name="Void">Why there is none.</param>
public sealed record EntryReading(int Length, DateTimeOffset? Received, Statement? Statement, Outcome.Void? Void)
{
    /// <summary>Reads an entry and checks its signature. Never throws on bad input.</summary>
    public static EntryReading Of(ReadOnlyMemory<byte> entry) =>
        Entry.TrySplit(entry, out var received, out var envelope)
            ? OfEnvelope(envelope) with { Received = received }
            : new EntryReading(entry.Length, null, null, new Outcome.Void(VoidReason.Malformed, [new Fault("entry", "does not begin with a time of receipt", "the operator writes it; see the protocol")]));

    /// <summary>Reads an envelope that has no time of receipt yet, and checks its signature. Never throws on bad input.</summary>
    public static EntryReading OfEnvelope(ReadOnlyMemory<byte> bytes)
    {
        var envelope = Envelope.Parse(bytes);
        if (!envelope.IsGood)
        {
            return Refused(VoidReason.Malformed, envelope.Faults);
        }

        var statement = Statement.Parse(envelope.Value.Payload);
        if (!statement.IsGood)
        {
            return Refused(VoidReason.Malformed, statement.Faults);
        }

        return envelope.Value.IsSignedBy(statement.Value.Key)
            ? new EntryReading(Entry.HeaderBytes + bytes.Length, null, statement.Value, null)
            : Refused(VoidReason.BadSignature, [new Fault("envelope.signatures[0].sig", $"not a signature by `{statement.Value.Key}` over this payload", "sign the exact payload bytes with the key that the statement names")]);

        EntryReading Refused(VoidReason reason, ImmutableArray<Fault> faults) =>
            new(Entry.HeaderBytes + bytes.Length, null, null, new Outcome.Void(reason, faults));
    }
}
