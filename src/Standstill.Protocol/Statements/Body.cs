namespace Standstill.Protocol.Statements;

/// <summary>What a statement says, by predicate type. The closed set of bodies stands in <see cref="PredicateType.All"/>.</summary>
public abstract record Body;
