using System.Collections.Immutable;
using Standstill.Ledger;
using Standstill.Protocol;

namespace Standstill.Audit;

/// <summary>The first thing that is wrong with a ledger.</summary>
/// <param name="Place">The file (`tile/0/000.p/7`) or the entry (`entry 17`).</param>
/// <param name="Message">What is wrong with it.</param>
public sealed record AuditFault(string Place, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Place}: {Message}";
}

/// <summary>What an audit found.</summary>
/// <param name="Source">Where the ledger was read.</param>
/// <param name="LogKey">The key that its checkpoint was checked with.</param>
/// <param name="KeyWasGiven">False when the key was taken from the charter: then the audit shows that the ledger agrees with itself,
/// and whoever relies on it compares key and registry with what the operator published elsewhere.</param>
/// <param name="Checkpoint">The checkpoint that everything was held against.</param>
/// <param name="World">The world that the entries establish; null when only the ledger was audited or it broke off.</param>
/// <param name="Digest">The world's digest.</param>
/// <param name="ClaimedDigest">What the node said at the same size; null when it was not asked.</param>
/// <param name="Notes">What is no fault and yet worth knowing.</param>
/// <param name="Fault">The first fault; null when there is none.</param>
public sealed record AuditReport(
    string Source,
    string? LogKey,
    bool KeyWasGiven,
    Checkpoint? Checkpoint,
    World? World,
    Digest? Digest,
    string? ClaimedDigest,
    ImmutableArray<string> Notes,
    AuditFault? Fault)
{
    /// <summary>Root hash of the entries that were folded; absent where none were.</summary>
    public MerkleHash? Root { get; init; }

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsGood => Fault is null;
}
