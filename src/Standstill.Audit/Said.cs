using Standstill.Protocol;
using Standstill.Protocol.Statements;

namespace Standstill.Audit;

/// <summary>A statement of one type that changed the world as its body says.</summary>
/// <param name="Party">Who said it.</param>
/// <param name="Body">What.</param>
/// <param name="At">Its entry, and when it was received.</param>
public sealed record Said<TBody>(PartyId Party, TBody Body, Moment At)
    where TBody : Body;
