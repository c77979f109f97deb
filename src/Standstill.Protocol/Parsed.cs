using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Standstill.Protocol;

/// <summary>One thing wrong with an input: where, what, and what to do.</summary>
/// <param name="Place">The field (`body.party`) or the position in a text (`line 3, column 7`); empty for the whole input.</param>
/// <param name="Message">What is wrong: lower case, no final period, the input in backticks.</param>
/// <param name="Remedy">What would make it right.</param>
public sealed record Fault(string Place, string Message, string Remedy)
{
    /// <inheritdoc/>
    public override string ToString() =>
        (Place.Length == 0 ? "" : Place + ": ") + Message + (Remedy.Length == 0 ? "" : "; " + Remedy);
}

/// <summary>The result of reading an input that nobody vouches for: a value, or every fault that was found.</summary>
/// <typeparam name="T">What is read.</typeparam>
public sealed class Parsed<T>
    where T : class
{
    private Parsed(T? value, ImmutableArray<Fault> faults)
    {
        Value = value;
        Faults = faults;
    }

    /// <summary>The value; null exactly when there are faults.</summary>
    public T? Value { get; }

    /// <summary>The faults in the order in which they were found; empty exactly when there is a value.</summary>
    public ImmutableArray<Fault> Faults { get; }

    /// <summary>Whether the input was good.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsGood => Value is not null;

    /// <summary>A good reading.</summary>
    public static Parsed<T> Good(T value) => new(value, []);

    /// <summary>A refused reading.</summary>
    /// <exception cref="ArgumentException">There is no fault.</exception>
    public static Parsed<T> Bad(ImmutableArray<Fault> faults) =>
        faults.IsDefaultOrEmpty ? throw new ArgumentException("a refusal names a fault", nameof(faults)) : new(null, faults);

    /// <summary>A reading refused for one reason.</summary>
    public static Parsed<T> Bad(string place, string message, string remedy) => Bad([new Fault(place, message, remedy)]);

    /// <summary>The value of an input that is known to be good.</summary>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    public T OrThrow() => Value ?? throw new InvalidOperationException(string.Join("; ", Faults));
}
