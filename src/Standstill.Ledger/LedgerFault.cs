using System.Diagnostics.CodeAnalysis;

namespace Standstill.Ledger;

/// <summary>What is wrong with a ledger's resources, and where.</summary>
/// <param name="Path">The resource: <c>checkpoint</c>, <c>tile/0/000.p/7</c>, <c>tile/entries/000</c>.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record LedgerFault(string Path, string Message)
{
    /// <summary>Place of the hash or entry within the resource, from 0; null if the fault is in the whole of it.</summary>
    public int? Position { get; init; }

    /// <summary>The hash that should be there, where one is known.</summary>
    public MerkleHash? Expected { get; init; }

    /// <summary>The hash that is there, or that the entry there has.</summary>
    public MerkleHash? Found { get; init; }

    /// <summary>The fault in one line.</summary>
    public override string ToString() =>
        $"`{Path}`{(Position is { } place ? $", place {place}" : "")}: {Message}"
        + (Expected is { } expected && Found is { } found ? $" (expected `{expected}`, found `{found}`)" : "");
}

/// <summary>What was read and checked, or the fault that kept it from being so.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
public readonly struct LedgerResult<T>
    where T : notnull
{
    private readonly T? _value;
    private readonly LedgerFault? _fault;

    private LedgerResult(T? value, LedgerFault? fault) => (_value, _fault) = (value, fault);

    /// <summary>Takes the value or the fault apart.</summary>
    /// <exception cref="InvalidOperationException">The result is <c>default</c>, which is neither.</exception>
    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out LedgerFault? fault)
    {
        (value, fault) = (_value, _fault);
        if (_value is null && _fault is null)
        {
            throw new InvalidOperationException("the result was never set");
        }

        return _fault is null;
    }

    /// <summary>A value that was read and checked.</summary>
    public static implicit operator LedgerResult<T>(T value) => new(value, null);

    /// <summary>A fault.</summary>
    public static implicit operator LedgerResult<T>(LedgerFault fault) => new(default, fault);
}

/// <summary>The ledger's own files contradict each other, so that it must not be written to.</summary>
public sealed class LedgerFaultException : Exception
{
    /// <summary>Reports a fault in the ledger under a directory.</summary>
    public LedgerFaultException(string directory, LedgerFault fault)
        : base($"ledger `{directory}`: {fault}") => Fault = fault;

    /// <summary>What is wrong, and where.</summary>
    public LedgerFault Fault { get; }
}
