using System.Collections.Immutable;
using Superpower.Model;

namespace Standstill.Protocol.Pacts.Conditions;

/// <summary>A condition as it was written: nothing is known of it but its form.</summary>
internal abstract record ConditionSyntax
{
    public sealed record Always : ConditionSyntax;

    public sealed record Everyone(ImmutableArray<NameSyntax> Names, StandardSyntax Standard) : ConditionSyntax;

    /// <param name="Bar">How many, and how many to stay.</param>
    /// <param name="Names">Of whom.</param>
    /// <param name="Standard">What each must reach.</param>
    public sealed record AtLeast(BarSyntax Bar, ImmutableArray<NameSyntax> Names, StandardSyntax Standard) : ConditionSyntax;

    public sealed record Number(BarSyntax Bar, StandardSyntax Standard) : ConditionSyntax;

    public sealed record Jurisdictions(BarSyntax Bar, StandardSyntax Standard) : ConditionSyntax;

    public sealed record Compute(BarSyntax Bar, ComputeBasis Basis, Token<ConditionToken>? Confidence, StandardSyntax Standard) : ConditionSyntax;

    public sealed record And(ImmutableArray<ConditionSyntax> Terms) : ConditionSyntax;

    public sealed record Or(ImmutableArray<ConditionSyntax> Terms) : ConditionSyntax;
}

/// <summary>A name in a list.</summary>
internal readonly record struct NameSyntax(Token<ConditionToken> Name, bool IsPact);

/// <summary>What joining asks for, and what staying does where that is said: both counts, or both shares.</summary>
internal sealed record BarSyntax(Token<ConditionToken> Join, Token<ConditionToken>? Stay, bool IsShare);

/// <summary>What a party must reach to count, as far as it is said.</summary>
internal sealed record StandardSyntax(Token<ConditionToken>? SlowedBy, Token<ConditionToken>? Assurance);
