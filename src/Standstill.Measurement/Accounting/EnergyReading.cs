namespace Standstill.Measurement.Accounting;

/// <summary>What an energy meter read over a balance period, and the activity that should explain it.</summary>
/// <param name="KilowattHours">Energy taken, in kilowatt-hours; finite and not negative.</param>
/// <param name="Active">Chip-hours weighted by activity in [0, 1]: an accelerator half active for an hour counts a half.</param>
public sealed record EnergyReading(double KilowattHours, ChipHours Active);
