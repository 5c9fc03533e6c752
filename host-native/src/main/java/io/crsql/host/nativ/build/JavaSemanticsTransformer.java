package io.crsql.host.nativ.build;

import java.util.Arrays;
import org.teavm.interop.Unmanaged;
import org.teavm.model.BasicBlock;
import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.Instruction;
import org.teavm.model.MethodHolder;
import org.teavm.model.MethodReference;
import org.teavm.model.Program;
import org.teavm.model.ValueType;
import org.teavm.model.Variable;
import org.teavm.model.instructions.BinaryInstruction;
import org.teavm.model.instructions.BinaryOperation;
import org.teavm.model.instructions.CastNumberInstruction;
import org.teavm.model.instructions.ConstructArrayInstruction;
import org.teavm.model.instructions.ConstructMultiArrayInstruction;
import org.teavm.model.instructions.IntegerConstantInstruction;
import org.teavm.model.instructions.InvocationType;
import org.teavm.model.instructions.InvokeInstruction;
import org.teavm.model.instructions.NumericOperandType;

/**
 * Makes the C backend conform to Java where it emits plain C: {@code /} and {@code %} (SIGFPE on
 * zero), shifts by more than the width and conversions of too large a double (undefined), array
 * lengths (a negative one corrupts the heap).
 */
final class JavaSemanticsTransformer implements ClassHolderTransformer {
  private static final String SEMANTICS = "io.crsql.host.nativ.JavaSemantics";

  /** The collector and its like, which run without a heap to allocate from. */
  private static final String RUNTIME = "org.teavm.runtime.";

  private static final int REFERENCE_BYTES = 8;

  @Override
  public void transformClass(ClassHolder type, ClassHolderTransformerContext context) {
    if (type.getName().equals(SEMANTICS) || type.getName().startsWith(RUNTIME)) {
      return;
    }
    for (MethodHolder method : type.getMethods()) {
      if (method.hasProgram() && method.getAnnotations().get(Unmanaged.class.getName()) == null) {
        transform(method.getProgram());
      }
    }
  }

  private static void transform(Program program) {
    for (BasicBlock block : program.getBasicBlocks()) {
      Instruction next;
      for (Instruction i = block.getFirstInstruction(); i != null; i = next) {
        next = i.getNext();
        if (i instanceof BinaryInstruction) {
          arithmetic(program, (BinaryInstruction) i);
        } else if (i instanceof CastNumberInstruction) {
          conversion((CastNumberInstruction) i);
        } else if (i instanceof ConstructArrayInstruction) {
          ConstructArrayInstruction make = (ConstructArrayInstruction) i;
          make.setSize(checkedLength(program, i, make.getSize(), bytes(make.getItemType())));
        } else if (i instanceof ConstructMultiArrayInstruction) {
          ConstructMultiArrayInstruction make = (ConstructMultiArrayInstruction) i;
          make.getDimensions().replaceAll(d -> checkedLength(program, make, d, REFERENCE_BYTES));
        }
      }
    }
  }

  private static void arithmetic(Program program, BinaryInstruction i) {
    boolean wide = i.getOperandType() == NumericOperandType.LONG;
    if (!wide && i.getOperandType() != NumericOperandType.INT) {
      return;
    }
    ValueType type = wide ? ValueType.LONG : ValueType.INTEGER;
    switch (i.getOperation()) {
      case DIVIDE -> i.replace(call("divide", type, i));
      case MODULO -> i.replace(call("remainder", type, i));
      case SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_UNSIGNED -> maskShift(program, i, wide ? 63 : 31);
      default -> {}
    }
  }

  private static InvokeInstruction call(String method, ValueType type, BinaryInstruction i) {
    Variable[] operands = {i.getFirstOperand(), i.getSecondOperand()};
    return call(i, i.getReceiver(), method, type, type, operands);
  }

  private static void maskShift(Program program, BinaryInstruction shift, int mask) {
    Variable amount = program.createVariable();
    BinaryInstruction and = new BinaryInstruction(BinaryOperation.AND, NumericOperandType.INT);
    and.setFirstOperand(shift.getSecondOperand());
    and.setSecondOperand(constant(program, shift, mask));
    and.setReceiver(amount);
    and.setLocation(shift.getLocation());
    shift.insertPrevious(and);
    shift.setSecondOperand(amount);
  }

  private static void conversion(CastNumberInstruction i) {
    ValueType from = floating(i.getSourceType());
    ValueType to = integral(i.getTargetType());
    if (from != null && to != null) {
      String method = to == ValueType.LONG ? "toLong" : "toInt";
      i.replace(call(i, i.getReceiver(), method, to, from, i.getValue()));
    }
  }

  private static ValueType floating(NumericOperandType type) {
    return type == NumericOperandType.DOUBLE
        ? ValueType.DOUBLE
        : type == NumericOperandType.FLOAT ? ValueType.FLOAT : null;
  }

  private static ValueType integral(NumericOperandType type) {
    return type == NumericOperandType.LONG
        ? ValueType.LONG
        : type == NumericOperandType.INT ? ValueType.INTEGER : null;
  }

  private static Variable checkedLength(
      Program program, Instruction at, Variable length, int itemBytes) {
    Variable checked = program.createVariable();
    Variable[] arguments = {length, constant(program, at, itemBytes)};
    at.insertPrevious(
        call(at, checked, "arrayLength", ValueType.INTEGER, ValueType.INTEGER, arguments));
    return checked;
  }

  private static int bytes(ValueType item) {
    if (!(item instanceof ValueType.Primitive)) {
      return REFERENCE_BYTES;
    }
    return switch (((ValueType.Primitive) item).getKind()) {
      case BOOLEAN, BYTE -> 1;
      case SHORT, CHARACTER -> 2;
      case INTEGER, FLOAT -> 4;
      case LONG, DOUBLE -> 8;
    };
  }

  private static Variable constant(Program program, Instruction before, int value) {
    IntegerConstantInstruction constant = new IntegerConstantInstruction();
    constant.setConstant(value);
    constant.setReceiver(program.createVariable());
    constant.setLocation(before.getLocation());
    before.insertPrevious(constant);
    return constant.getReceiver();
  }

  /** A call, not yet placed, of a method whose parameters all have one type. */
  private static InvokeInstruction call(
      Instruction at,
      Variable receiver,
      String method,
      ValueType result,
      ValueType parameter,
      Variable... arguments) {
    ValueType[] signature = new ValueType[arguments.length + 1];
    Arrays.fill(signature, parameter);
    signature[arguments.length] = result;
    InvokeInstruction call = new InvokeInstruction();
    call.setType(InvocationType.SPECIAL);
    call.setMethod(new MethodReference(SEMANTICS, method, signature));
    call.setArguments(arguments);
    call.setReceiver(receiver);
    call.setLocation(at.getLocation());
    return call;
  }
}
